//===- Options.td - The options of the command line -----------------------===//
//
// The one place where options are declared; the parser and --help are made of
// it. An option belongs to the commands of its visibility.
//
//===----------------------------------------------------------------------===//

include "llvm/Option/OptParser.td"

def CheckVis : OptionVisibility; // analysing, and reporting findings
def FactsVis : OptionVisibility; // analysing, and nothing else
def ModelsVis : OptionVisibility;
def RulesVis : OptionVisibility;
def ExtractVis : OptionVisibility; // one unit to a file of facts
def LinkVis : OptionVisibility;    // reporting on such files
def PlainVis : OptionVisibility;   // nothing but --help
def InitVis : OptionVisibility;    // setting a project up
def NinjaVis : OptionVisibility;   // writing what runs extract and link
def LspVis : OptionVisibility;     // a language server

// `--name=VALUE` and `--name VALUE`.
multiclass Value<string name, string meta, string help, OptionGroup group,
                 list<OptionVisibility> visibility> {
  def _EQ : Joined<["--", "-"], name#"=">, MetaVarName<meta>, HelpText<help>,
            Group<group>, Visibility<visibility>;
  def "" : Separate<["--", "-"], name>, Alias<!cast<Joined>(NAME#"_EQ")>,
           Group<group>, Visibility<visibility>;
}
class Switch<string name, string help, OptionGroup group,
            list<OptionVisibility> visibility>
    : Flag<["--", "-"], name>, HelpText<help>, Group<group>,
      Visibility<visibility>;

// Groups are printed in the order of their titles.
def GroupUnits : OptionGroup<"units">, HelpText<"ANALYSING">;
def p : JoinedOrSeparate<["-"], "p">, MetaVarName<" DIR">, Group<GroupUnits>,
        Visibility<[CheckVis, InitVis, FactsVis, NinjaVis, LspVis]>,
        HelpText<"Use the compile database of DIR, or DIR itself if it is one">;
defm extra_arg : Value<"extra-arg", "FLAG", "Add FLAG to the end of each compile command",
                       GroupUnits, [CheckVis, InitVis, FactsVis, ExtractVis]>;
defm extra_arg_before : Value<"extra-arg-before", "FLAG", "Add FLAG to the beginning of each compile command",
                              GroupUnits, [CheckVis, InitVis, FactsVis, ExtractVis]>;
defm jobs : Value<"jobs", "N", "Parse N units at a time (default: as many as there are cores)",
                  GroupUnits, [CheckVis, InitVis, FactsVis, NinjaVis]>;
def j : JoinedOrSeparate<["-"], "j">, Alias<jobs_EQ>, Group<GroupUnits>,
        Visibility<[CheckVis, InitVis, FactsVis, NinjaVis]>;
defm directory : Value<"directory", "DIR", "Run the compiler's command in DIR (default: in this folder, which the facts' paths are relative to)",
                       GroupUnits, [ExtractVis]>;
defm file_prefix_map : Value<"file-prefix-map", "OLD=NEW", "Call the files below OLD as if they were below NEW; may be given often",
                             GroupUnits, [ExtractVis]>;
def sandbox : Switch<"sandbox", "This folder holds links and will be gone: call files as the command does, name no place above the folder, read no .clang-tidy there",
                     GroupUnits, [ExtractVis, LinkVis]>;
def whole_program : Switch<"whole-program", "These are all units that there are: judge which NOLINT comments are needed",
                           GroupUnits, [LinkVis]>;
defm timeout : Value<"timeout", "SECONDS", "Give up on a unit after so long (default: 300)",
                     GroupUnits, [CheckVis, InitVis, FactsVis, ExtractVis]>;
defm max_memory : Value<"max-memory", "MIB", "Give up on a unit that needs more memory (default: half of the machine's)",
                        GroupUnits, [CheckVis, InitVis, FactsVis, ExtractVis]>;
defm store : Value<"store", "FILE", "Keep facts and findings in FILE (default: below $XDG_CACHE_HOME or ~/.cache, one for each project)",
                   GroupUnits, [CheckVis, InitVis, FactsVis, LspVis]>;
def no_store : Switch<"no-store", "Parse everything, and keep nothing", GroupUnits, [CheckVis, InitVis, FactsVis, LspVis]>;
def explain_rebuild : Switch<"explain-rebuild", "Say of each unit that is parsed why it is", GroupUnits, [CheckVis, FactsVis]>;
defm models : Value<"models", "FILE", "Read models of libraries from FILE too; may be given often",
                    GroupUnits, [CheckVis, InitVis, FactsVis, ModelsVis, LinkVis]>;

def GroupShown : OptionGroup<"shown">, HelpText<"CHOOSING FINDINGS">;
defm level : Value<"level", "LEVEL", "How much to say: default, strict or hint", GroupShown, [CheckVis, InitVis, LinkVis]>;
defm checks : Value<"checks", "GLOBS", "Which rules run, as clang-tidy writes it: -*,async-busy-wait",
                    GroupShown, [CheckVis, InitVis, LinkVis]>;
defm warnings_as_errors : Value<"warnings-as-errors", "GLOBS", "Raise findings of these rules to errors",
                                GroupShown, [CheckVis, LinkVis]>;
defm header_filter : Value<"header-filter", "REGEX", "Report findings in headers whose path matches (default: all of yours)",
                           GroupShown, [CheckVis, LinkVis]>;
defm exclude_header_filter : Value<"exclude-header-filter", "REGEX", "But not in headers whose path matches this one", GroupShown, [CheckVis, LinkVis]>;
defm only : Value<"only", "PATH", "Report findings in this file or folder only; may be given often", GroupShown, [LinkVis]>;
def no_default_excludes : Switch<"no-default-excludes", "Report findings in generated and vendored files (build*/, third_party/, *.pb.h ...) too",
                                GroupShown, [CheckVis, LinkVis]>;
defm config_file : Value<"config-file", "FILE", "Use FILE instead of the .clang-tidy files", GroupShown, [CheckVis, InitVis, FactsVis, ExtractVis, LinkVis]>;
defm config : Value<"config", "YAML", "Use this text instead of the .clang-tidy files", GroupShown, [CheckVis, InitVis, FactsVis, ExtractVis, LinkVis]>;
def dump_config : Switch<"dump-config", "Print the configuration of the first file and exit", GroupShown, [CheckVis]>;

def GroupGate : OptionGroup<"gate">, HelpText<"FAILING">;
defm fail_on : Value<"fail-on", "SEVERITY", "Exit with 1 from this severity on: error, warning (default), note or never",
                     GroupGate, [CheckVis, LinkVis]>;
defm max_findings : Value<"max-findings", "RULE=N", "Exit with 1 only if more than N findings are of RULE, a name or a glob; may be given often",
                          GroupGate, [CheckVis, LinkVis]>;
defm baseline : Value<"baseline", "FILE", "Accept the findings in FILE (default: .async-tidy-baseline of the project, if there is one; of link: none)",
                      GroupGate, [CheckVis, LinkVis]>;
def no_baseline : Switch<"no-baseline", "Accept no finding of a baseline", GroupGate, [CheckVis, LinkVis]>;
def write_baseline : Switch<"write-baseline", "Accept what is found now: write the project's baseline", GroupGate, [CheckVis, LinkVis]>;
def write_baseline_EQ : Joined<["--", "-"], "write-baseline=">, MetaVarName<"FILE">, HelpText<"Accept what is found now: write the baseline to FILE">,
                        Group<GroupGate>, Visibility<[CheckVis, LinkVis]>;
def prune_baseline : Switch<"prune-baseline", "Remove stale entries from the baseline", GroupGate, [CheckVis, LinkVis]>;
def allow_stale : Switch<"allow-stale", "Do not fail for entries of the baseline for which nothing is found any more", GroupGate, [CheckVis, LinkVis]>;
defm since : Value<"since", "REV", "Accept findings that have no place on their path in a line changed since git's revision REV",
                   GroupGate, [CheckVis]>;
defm allow_not_analysed : Value<"allow-not-analysed", "GLOB", "Do not fail for units whose path matches and that cannot be analysed; may be given often",
                                GroupGate, [CheckVis, LinkVis]>;

defm require : Value<"require", "METRIC=PERCENT", "Exit with 1 if a metric (--metrics) is lower; may be given often",
                     GroupGate, [CheckVis]>;

def GroupOutput : OptionGroup<"output">, HelpText<"PRINTING">;
defm output : Value<"output", "FORMAT[:FILE]", "Write the report to FILE or standard output, text if nothing is said; may be given often. FORMATS are below",
                    GroupOutput, [CheckVis, LinkVis]>;
defm previous : Value<"previous", "FILE", "Show in HTML what has changed since the run whose JSON report FILE is",
                      GroupOutput, [CheckVis, LinkVis]>;
defm category : Value<"category", "NAME", "Tell this run in SARIF from others of the same commit",
                      GroupOutput, [CheckVis, LinkVis]>;
def fix : Switch<"fix", "Apply the fixes that are safe; what no longer compiles is taken back", GroupOutput, [CheckVis]>;
def fix_unsafe : Switch<"fix-unsafe", "Apply also the fixes that change what the code does: read what they did", GroupOutput, [CheckVis]>;
def diff : Switch<"diff", "Print what --fix, or --fix-unsafe, would change, and change nothing; exit with 1 if there is something", GroupOutput, [CheckVis]>;
defm color : Value<"color", "WHEN", "Use colours: auto (default), always or never", GroupOutput, [CheckVis, FactsVis, LinkVis]>;
def quiet : Switch<"quiet", "Print findings and errors only: no progress, no notes", GroupOutput, [CheckVis, InitVis, FactsVis, LinkVis]>;
def metrics : Switch<"metrics", "Say how much of the code is as it should be", GroupOutput, [CheckVis]>;
defm depfile : Value<"depfile", "FILE", "Write the files that the result depends on to FILE, as a rule of make", GroupOutput, [ExtractVis, LinkVis]>;
def o : JoinedOrSeparate<["-"], "o">, MetaVarName<" FILE">, Group<GroupOutput>, Visibility<[ExtractVis, LinkVis, NinjaVis]>,
        HelpText<"extract: write the facts to FILE; link: write the report to FILE, as SARIF; ninja: write the rules to FILE">;
def write_if_changed : Switch<"write-if-changed", "Leave the facts alone if they are the same, so that ninja runs nothing more", GroupOutput, [ExtractVis]>;
def stats : Switch<"stats", "Say what the run cost", GroupOutput, [CheckVis]>;

def GroupInit : OptionGroup<"init">, HelpText<"SETTING UP">;
defm ci : Value<"ci", "SYSTEM", "Write a file for github, gitlab, jenkins or none (default: what the project uses)", GroupInit, [InitVis]>;
def dry_run : Switch<"dry-run", "Write nothing, and show what would be written", GroupInit, [InitVis]>;

def GroupOther : OptionGroup<"other">, HelpText<"THE REST">;
def validate : Switch<"validate", "Check the model files that are named and nothing else", GroupOther, [ModelsVis]>;
defm function : Value<"function", "NAME", "Say what is known of a function or type", GroupOther, [ModelsVis]>;
def json : Switch<"json", "Print JSON", GroupOther, [RulesVis]>;
def help : Switch<"help", "Print this", GroupOther, [CheckVis, FactsVis, ModelsVis, RulesVis, ExtractVis, LinkVis, NinjaVis, LspVis, PlainVis, InitVis]>;
def h : Flag<["-"], "h">, Alias<help>, Group<GroupOther>, Visibility<[CheckVis, FactsVis, ModelsVis, RulesVis, ExtractVis, LinkVis, NinjaVis, LspVis, PlainVis, InitVis]>;
def version : Switch<"version", "Print the version and that of Clang", GroupOther, [CheckVis]>;

// For benchmarks, tests and debuggers.
def no_skip : Flag<["--"], "no-skip">, Flags<[HelpHidden]>, Group<GroupUnits>, Visibility<[CheckVis, FactsVis, ExtractVis]>,
              HelpText<"Parse the bodies of functions in system headers too">;
def no_share : Flag<["--"], "no-share">, Flags<[HelpHidden]>, Group<GroupUnits>, Visibility<[CheckVis]>,
               HelpText<"Parse headers that several units begin with for each of them">;
def in_process : Flag<["--"], "in-process">, Flags<[HelpHidden]>, Group<GroupUnits>, Visibility<[CheckVis, FactsVis]>,
                 HelpText<"Parse in this process, one unit after the other">;
