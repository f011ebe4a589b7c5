"""A list of options that the command line can set."""

AsyncTidyOptionsInfo = provider(
    "Options of a command of async-tidy.",
    fields = {"words": "a list of strings"},
)

def _options_impl(ctx):
    return AsyncTidyOptionsInfo(words = ctx.build_setting_value)

async_tidy_options = rule(
    implementation = _options_impl,
    build_setting = config.string_list(flag = True),
    doc = "Options, given as --@async_tidy//:options=--level=strict,...",
)
