"""The command that compiles a source, as the toolchain would run it."""

load("@async_tidy_local//:cc.bzl", "cc")

_KINDS = {
    "c": "c-compile",
    "cc": "c++-compile",
    "cpp": "c++-compile",
    "cxx": "c++-compile",
    "c++": "c++-compile",
    "C": "c++-compile",
}

def kind_of(file):
    """The action that compiles `file`; None if it is no C or C++ source."""
    return _KINDS.get(file.extension)

def is_header(file):
    """`file` is a C or C++ header by its name."""
    return file.extension in ["h", "hh", "hpp", "hxx", "h++", "H", "inc", "inl", "ipp", "tcc"]

def _words(text):
    """`text` in words, as a shell and Bazel read it."""
    words, word, quote, escaped, begun = [], "", "", False, False
    for c in text.elems():
        if escaped:
            word, escaped = word + c, False
        elif c == "\\" and quote != "'":
            escaped, begun = True, True
        elif quote:
            if c == quote:
                quote = ""
            else:
                word += c
        elif c in "'\"":
            quote, begun = c, True
        elif c in " \t\n":
            if word or begun:
                words.append(word)
            word, begun = "", False
        else:
            word += c
    if word or begun:
        words.append(word)
    return words

def _expanded(ctx, text):
    """`text` with what Bazel would put for $(VARIABLE) and $(location ...)."""
    for name, value in ctx.var.items():
        text = text.replace("$({})".format(name), value)
    if "$(location" in text or "$(execpath" in text:
        near = [
            t
            for a in ["srcs", "hdrs", "deps", "data", "additional_compiler_inputs"]
            for t in getattr(ctx.rule.attr, a, [])
        ]
        text = ctx.expand_location(text, near)
    return text.replace("$$", "$")

def _options_of(ctx, names):
    """The words of the target's attributes `names`."""
    found = []
    for name in names:
        for text in getattr(ctx.rule.attr, name, None) or []:
            found += _words(_expanded(ctx, text))
    return found

def _context(target, ctx):
    """What the sources of the target see of headers and macros."""
    deps = [
        d[cc.info]
        for d in getattr(ctx.rule.attr, "implementation_deps", [])
        if cc.info in d
    ]
    return cc.common.merge_cc_infos(cc_infos = [target[cc.info]] + deps).compilation_context

def _local_defines(target, ctx, context):
    """Macros that hold for the sources of the target alone."""
    known = target[cc.info].compilation_context
    if hasattr(known, "local_defines") and known.local_defines.to_list():
        return known.local_defines.to_list()
    return _options_of(ctx, ["local_defines"])

def compile_command(target, ctx, source):
    """How `source` is compiled.

    Args:
      target: what the aspect stands on; it has a CcInfo.
      ctx: of the aspect.
      source: a file of which kind_of is not None.

    Returns:
      A struct with `compiler`, `flags`, `env`, and the depset `inputs`: headers
      and what the toolchain needs.
    """
    action = kind_of(source)
    toolchain = cc.find_toolchain(ctx)
    features = cc.common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    context = _context(target, ctx)
    options = ctx.fragments.cpp.copts + (
        ctx.fragments.cpp.conlyopts if action == "c-compile" else ctx.fragments.cpp.cxxopts
    ) + _options_of(ctx, ["copts", "conlyopts" if action == "c-compile" else "cxxopts"])
    variables = cc.common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        source_file = source.path,
        output_file = source.path + ".o",
        user_compile_flags = options,
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        framework_include_directories = context.framework_includes,
        preprocessor_defines = depset(
            _local_defines(target, ctx, context),
            transitive = [context.defines],
        ),
    )
    flags = cc.common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )
    for folder in getattr(context, "external_includes", depset()).to_list():
        flags = flags + ["-isystem", folder]
    beside = [
        f
        for name in ["srcs", "hdrs", "textual_hdrs", "additional_compiler_inputs"]
        for f in getattr(ctx.rule.files, name, [])
        if name == "additional_compiler_inputs" or not kind_of(f)
    ]
    return struct(
        compiler = cc.common.get_tool_for_action(
            feature_configuration = features,
            action_name = action,
        ),
        flags = flags,
        env = cc.common.get_environment_variables(
            feature_configuration = features,
            action_name = action,
            variables = variables,
        ),
        inputs = depset(beside, transitive = [context.headers, toolchain.all_files]),
    )
