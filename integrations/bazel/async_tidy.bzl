"""async-tidy over cc_library, cc_binary and cc_test.

    bazel build //... --aspects=@async_tidy//:async_tidy.bzl%async_tidy_aspect

extracts the facts of each source (an action that is cached, sandboxed and runs
remotely like a compilation), links those of each target and of what it depends
on, and fails the build if there is something to say of the target's own files.
"""

load("@async_tidy_local//:cc.bzl", "cc")
load(":command.bzl", "compile_command", "is_header", "kind_of")
load(":options.bzl", "AsyncTidyOptionsInfo")

AsyncTidyInfo = provider(
    "What async-tidy knows of a target and of what it depends on.",
    fields = {
        "facts": "depset of files that `async-tidy extract` wrote, one a unit",
        "renamed": "depset of OLD=NEW: folders of links to headers, and where the headers are",
    },
)

# A target with one of these tags has no facts and no findings.
_TAGS = ["no-async-tidy", "no-lint"]

# Along these a program is linked.
_DEPS = ["deps", "implementation_deps", "interface_deps"]

# ---- The actions ------------------------------------------------------------

def _tool(ctx):
    """The program with what belongs to it."""
    tool = ctx.attr._tool[DefaultInfo]
    if tool.files_to_run.executable:
        return struct(file = tool.files_to_run.executable, needs = [tool.files_to_run], data = tool.default_runfiles.files)
    return struct(file = tool.files.to_list()[0], needs = [], data = depset(transitive = [tool.files, tool.default_runfiles.files]))

def _extract(ctx, tool, source, command, renamed):
    """Declares the file of facts of one source."""
    name = source.short_path.replace("../", "external/").split("_async_tidy/")[-1]
    facts = ctx.actions.declare_file("_async_tidy/{}/{}.facts".format(ctx.label.name, name))
    own = ctx.actions.args()
    own.add("extract")
    own.add("--sandbox")
    own.add_all(renamed, format_each = "--file-prefix-map=%s")
    own.add("-o", facts)
    own.add("--")
    own.add(command.compiler)
    flags = ctx.actions.args()
    flags.add_all(command.flags)
    flags.use_param_file("@%s")
    flags.set_param_file_format("shell")
    ctx.actions.run(
        executable = tool.file,
        arguments = [own, flags],
        inputs = depset(
            [source],
            transitive = [command.inputs, depset(ctx.files._config), tool.data],
        ),
        outputs = [facts],
        tools = tool.needs,
        env = command.env,
        mnemonic = "AsyncTidyExtract",
        progress_message = "Reading {} for async-tidy".format(source.short_path),
    )
    return facts

def _link(ctx, tool, name, facts, options):
    """Declares the reports on `facts`."""
    reports = struct(
        text = ctx.actions.declare_file(name + ".txt"),
        json = ctx.actions.declare_file(name + ".json"),
        sarif = ctx.actions.declare_file(name + ".sarif"),
        exit_code = ctx.actions.declare_file(name + ".exit_code"),
    )
    own = ctx.actions.args()
    own.add(reports.exit_code)
    own.add(tool.file)
    own.add_all(["link", "--sandbox"])
    own.add_all(options)
    own.add_all(ctx.files._models, format_each = "--models=%s")
    own.add(reports.text, format = "--output=text:%s")
    own.add(reports.json, format = "--output=json:%s")
    own.add(reports.sarif, format = "--output=sarif:%s")
    names = ctx.actions.args()
    names.add_all(facts)
    names.use_param_file("@%s", use_always = True)
    names.set_param_file_format("multiline")
    ctx.actions.run(
        executable = ctx.executable._link,
        arguments = [own, names],
        inputs = depset(
            ctx.files._config + ctx.files._models,
            transitive = [facts, tool.data],
        ),
        outputs = [reports.text, reports.json, reports.sarif, reports.exit_code],
        tools = [tool.file] + tool.needs,
        mnemonic = "AsyncTidyLink",
        progress_message = "Linking {} for async-tidy".format(ctx.label),
    )
    return reports

def _check(ctx, name, reports):
    """Declares a file that can be made only if there is nothing to fail for."""
    passed = ctx.actions.declare_file(name + ".passed")
    ctx.actions.run(
        executable = ctx.executable._check,
        arguments = [reports.text.path, reports.exit_code.path, passed.path],
        inputs = [reports.text, reports.exit_code],
        outputs = [passed],
        mnemonic = "AsyncTidyCheck",
        progress_message = "Checking the findings of async-tidy in {}".format(ctx.label),
    )
    return passed

# ---- The aspects ------------------------------------------------------------

def _dependencies(ctx):
    """What the target is linked with."""
    found = []
    for name in _DEPS:
        value = getattr(ctx.rule.attr, name, None)
        if type(value) == "list":
            found += [d for d in value if AsyncTidyInfo in d]
    return found

def _is_ours(target, ctx):
    """This target has sources that are to be looked at."""
    return (cc.info in target and
            not target.label.workspace_root and
            not [t for t in ctx.rule.attr.tags if t in _TAGS])

def _renamed(target, ctx):
    """Where the headers are that Bazel links into a folder of its own."""
    strip = getattr(ctx.rule.attr, "strip_include_prefix", "")
    prefix = getattr(ctx.rule.attr, "include_prefix", "")
    if cc.info not in target or not (strip or prefix):
        return []
    root = target.label.workspace_root
    parts = [root, strip] if strip.startswith("/") else [root, target.label.package, strip]
    real = "/".join([p.strip("/") for p in parts if p.strip("/")]) or "."
    for header in target[cc.info].compilation_context.direct_public_headers:
        before, found, after = header.path.partition("/_virtual_includes/")
        if found and header.owner == target.label:
            folder = before + found + after.split("/")[0]
            return [folder + ("/" + prefix.strip("/") if prefix else "") + "=" + real]
    return []

def _facts(target, ctx, tool):
    """The AsyncTidyInfo of the target."""
    deps = [d[AsyncTidyInfo] for d in _dependencies(ctx)]
    renamed = depset(_renamed(target, ctx), transitive = [d.renamed for d in deps])
    own = []
    if _is_ours(target, ctx):
        for source in ctx.rule.files.srcs if hasattr(ctx.rule.files, "srcs") else []:
            if kind_of(source):
                command = compile_command(target, ctx, source)
                own.append(_extract(ctx, tool, source, command, renamed))
    return AsyncTidyInfo(
        facts = depset(own, transitive = [d.facts for d in deps]),
        renamed = renamed,
    ), own

def _headers_unit(target, ctx, tool, renamed):
    """The facts of a unit that includes headers that may have none; a list.

    A header of a library is read with the source of its name. One without, or
    that only users of the library include, has findings all the same.
    """
    files = ctx.rule.files
    sources = [f for f in getattr(files, "srcs", []) if kind_of(f)]
    stems = [f.basename[:-len(f.extension) - 1] for f in sources]
    alone = [
        f
        for f in getattr(files, "hdrs", [])
        if is_header(f) and f.basename[:-len(f.extension) - 1] not in stems
    ]
    if not alone or not _is_ours(target, ctx):
        return []
    lines = []
    for header in alone:
        path = header.path
        for pair in _renamed(target, ctx):
            link, real = pair.split("=")
            if real == "." or path.startswith(real + "/"):
                path = link + "/" + (path if real == "." else path[len(real) + 1:])
        lines.append('#include "{}"\n'.format(path))
    c = sources and not [f for f in sources if kind_of(f) != "c-compile"]
    unit = ctx.actions.declare_file("_async_tidy/{}/headers.{}".format(ctx.label.name, "c" if c else "cc"))
    ctx.actions.write(unit, "".join(lines))
    return [_extract(ctx, tool, unit, compile_command(target, ctx, unit), renamed)]

def _facts_impl(target, ctx):
    info, own = _facts(target, ctx, _tool(ctx))
    return [info, OutputGroupInfo(async_tidy_facts = depset(own))]

def _lint_impl(target, ctx):
    tool = _tool(ctx)
    info, own = _facts(target, ctx, tool)
    headers = _headers_unit(target, ctx, tool, info.renamed)
    groups = {"async_tidy_facts": depset(own + headers)}
    files = [
        f
        for name in ["srcs", "hdrs", "textual_hdrs"]
        for f in getattr(ctx.rule.files, name, [])
        if kind_of(f) or is_header(f)
    ]
    if own or headers:
        name = "_async_tidy/{}/report".format(ctx.label.name)
        reports = _link(
            ctx,
            tool,
            name,
            depset(headers, transitive = [info.facts]),
            ctx.attr._options[AsyncTidyOptionsInfo].words +
            ["--only=" + f.path for f in files],
        )
        groups["async_tidy_report"] = depset([reports.text, reports.json, reports.sarif])
        groups["_validation"] = depset([_check(ctx, name, reports)])
    return [info, OutputGroupInfo(**groups)]

_FACTS_ATTRS = {
    "_tool": attr.label(default = "//:tool", cfg = "exec"),
    "_config": attr.label(default = "//:config", allow_files = True),
    "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
}

_LINK_ATTRS = {
    "_link": attr.label(default = "//:link.sh", allow_single_file = True, executable = True, cfg = "exec"),
    "_check": attr.label(default = "//:check.sh", allow_single_file = True, executable = True, cfg = "exec"),
    "_models": attr.label(default = "//:models", allow_files = True),
    "_options": attr.label(default = "//:options", providers = [AsyncTidyOptionsInfo]),
}

def _merged(a, b):
    both = dict(a)
    both.update(b)
    return both

async_tidy_facts_aspect = aspect(
    implementation = _facts_impl,
    attr_aspects = _DEPS,
    attrs = _FACTS_ATTRS,
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    doc = "The facts of each unit, for the rules below: AsyncTidyInfo.",
)

async_tidy_aspect = aspect(
    implementation = _lint_impl,
    attr_aspects = _DEPS,
    attrs = _merged(_FACTS_ATTRS, _LINK_ATTRS),
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    doc = """\
Reports on each target's own files, with what is known of all that it depends on.
Output groups: async_tidy_report (.txt, .json, .sarif), async_tidy_facts, and
_validation, which fails the build.""",
)

# ---- The rules --------------------------------------------------------------

def _program(ctx):
    """The reports on all targets as one program."""
    facts = depset(transitive = [t[AsyncTidyInfo].facts for t in ctx.attr.targets])
    if not facts.to_list():
        fail("none of the targets has C or C++ sources that async-tidy may read")
    options = ctx.attr._options[AsyncTidyOptionsInfo].words + ctx.attr.options
    if ctx.attr.whole_program:
        options = options + ["--whole-program"]
    return _link(ctx, _tool(ctx), ctx.label.name, facts, options)

def _report_impl(ctx):
    reports = _program(ctx)
    return [
        DefaultInfo(files = depset([reports.text, reports.json, reports.sarif])),
        OutputGroupInfo(exit_code = depset([reports.exit_code])),
    ]

def _test_impl(ctx):
    reports = _program(ctx)
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(script, """\
#!/bin/sh
cat '{text}' && exit "$(cat '{code}')"
exit 2
""".format(text = reports.text.short_path, code = reports.exit_code.short_path), is_executable = True)
    return [
        DefaultInfo(
            executable = script,
            runfiles = ctx.runfiles([reports.text, reports.exit_code]),
        ),
        OutputGroupInfo(async_tidy_report = depset([reports.text, reports.json, reports.sarif])),
    ]

_PROGRAM_ATTRS = _merged(_LINK_ATTRS, {
    "targets": attr.label_list(
        aspects = [async_tidy_facts_aspect],
        mandatory = True,
        doc = "Linked with all that they depend on, as one program.",
    ),
    "options": attr.string_list(doc = "Options of `async-tidy link`."),
    "whole_program": attr.bool(
        doc = "No unit outside includes these headers: judge which NOLINT comments are needed.",
    ),
    "_tool": _FACTS_ATTRS["_tool"],
    "_config": _FACTS_ATTRS["_config"],
})

async_tidy_report = rule(
    implementation = _report_impl,
    attrs = _PROGRAM_ATTRS,
    doc = "NAME.txt, NAME.json and NAME.sarif: what `async-tidy` says of a program. Findings fail nothing.",
)

async_tidy_test = rule(
    implementation = _test_impl,
    attrs = _PROGRAM_ATTRS,
    test = True,
    doc = "Fails with the report if there is something to fail for.",
)
