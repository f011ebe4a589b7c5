"""Finds the async-tidy that is installed on this machine."""

_BUILD = """\
package(default_visibility = ["//visibility:public"])

# `version` names the program, its libraries and Clang: another one is another
# input of every action.
filegroup(
    name = "tool",
    srcs = ["async-tidy"],
    data = ["version"],
)
"""

# Since Bazel 8 these are in rules_cc, and since Bazel 9 nowhere else.
_CC_OF_BAZEL = """\
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", _find = "find_cpp_toolchain")

cc = struct(
    common = cc_common,
    info = CcInfo,
    find_toolchain = _find,
)
"""

_CC_OF_RULES_CC = """\
load("@rules_cc//cc:find_cc_toolchain.bzl", _find = "find_cc_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", _common = "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", _info = "CcInfo")

cc = struct(
    common = _common,
    info = _info,
    find_toolchain = _find,
)
"""

def _major_version():
    """Of this Bazel; 0 if it does not know, as Debian's."""
    number = native.bazel_version.split(".")[0]
    return int(number) if number.isdigit() else 0

def _local_impl(ctx):
    path = ctx.attr.path or ctx.os.environ.get("ASYNC_TIDY") or ctx.which("async-tidy")
    if not path:
        fail("async-tidy is not on PATH: install it, set ASYNC_TIDY to the " +
             "program, or give `path` to async_tidy_local")
    program = ctx.path(str(path))
    if not program.exists:
        fail("there is no async-tidy at " + str(program))
    ran = ctx.execute([program, "--version"])
    if ran.return_code:
        fail("{} does not run: {}{}".format(program, ran.stdout, ran.stderr))
    linked = ctx.execute(["ldd", program.realpath])
    libraries = [
        line.split("=>")[1].strip().split(" ")[0]
        for line in linked.stdout.split("\n")
        if "=> /" in line and ("clang" in line or "LLVM" in line)
    ]
    real = [str(ctx.path(library).realpath) for library in libraries]
    ctx.symlink(program, "async-tidy")
    ctx.file("version", "\n".join([ran.stdout] + real) + "\n")
    ctx.file("BUILD", _BUILD)
    ctx.file("cc.bzl", _CC_OF_RULES_CC if _major_version() >= 8 else _CC_OF_BAZEL)

async_tidy_local = repository_rule(
    implementation = _local_impl,
    attrs = {
        "path": attr.string(doc = "The program; else $ASYNC_TIDY, else the one on PATH."),
    },
    environ = ["ASYNC_TIDY", "PATH"],
    configure = True,
    local = True,
    doc = "The installed async-tidy as @async_tidy_local//:tool.",
)
