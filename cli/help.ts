// SPDX-License-Identifier: MIT

const all = `iomap-playground: play the FUSE server, and see what the kernel's fuse-iomap
checks make of it.

Usage:
  iomap-playground run FILE…              run scenarios and explain each step
  iomap-playground matrix FILE…           compare revisions of the patch series
  iomap-playground link FILE              print the share link of a scenario
  iomap-playground unlink HASH-OR-URL     print the scenario of a share link
  iomap-playground card FILE              print a case as plain text for a mail
  iomap-playground uncard FILE            print the scenario of a card in a mail
  iomap-playground COMMAND --help         more about one command
  iomap-playground --version              print the version and the build

A FILE is a scenario in JSON (docs/FORMATS.md); - is standard input.

Exit status: 0 all expectations met, 1 some not met, 2 something cannot be used.
`;

const run = `Usage: iomap-playground run [OPTIONS] FILE…

Runs each scenario and prints, for each step, the request, the reply, the checks
and the verdict; then which expectations were not met. - is standard input.

  --json       the Run as JSON: 64-bit values as decimal strings, bytes as hex.
               With several files, a list of {"file", "run"} and, for those that
               cannot be used, {"file", "error"}
  --tap        a TAP version 14 report: a test for each step with expectations.
               A file without any has one: that its run came to its end
  -q, --quiet  only what was not met, and the summary
  -v, --verbose
               a line for each check, with its operands
  --unfold     every execution of a step with "times", not only those whose
               verdict is new
  --rev NAME   answered by that revision of the patch series, whichever the
               scenario names: v6-03, v6-04, 2026-01, v7-04, late
  --ascii      nothing but ASCII in the text

Colour is used on a terminal only, and not if NO_COLOR is set.

Exit status: 0 all expectations met, 1 some not met or a run stopped, 2 a file
cannot be used (the others still run).
`;

const matrix = `Usage: iomap-playground matrix [OPTIONS] FILE…

Runs each scenario on several revisions of the patch series, whichever it names
itself, and says which come out differently: the verdict of a step, the kernel's
structs, what the server is told. Those that differ come first. - is standard
input. A FILE may also be a mail or any other text with cards, links and
scenarios in it: each is a row.

  --rev A,B       the revisions, the first is what the others are compared with:
                  v6-03, v6-04, 2026-01, v7-04, late. If left out, all of them
  --json          the matrix as JSON: for each scenario and revision the verdict
                  of every step, and the difference that decides
  --fail-on-diff  exit status 1 if any scenario differs
  --ascii         nothing but ASCII in the text

Exit status: 0; with --fail-on-diff 1 if any differ; 2 a file cannot be used
(the others are still compared).
`;

const link = `Usage: iomap-playground link [--base URL] [--step N] [--edit DIFF] FILE

Prints the share link of a scenario: its hash, beginning with #.

  --base URL   prints a full link to the playground at URL
  --step N     the step that the link opens at, the first is 1; if left out, the
               last one with expectations
  --edit DIFF  an edit of the core goes along: a unified diff of files in
               assembly/, as the page copies it, also within a mail; - is
               standard input. Whoever opens the link sees the shipped core's
               answer, and the edit is built only if they want it

Exit status: 0, or 2 if a file cannot be used.
`;

const unlink = `Usage: iomap-playground unlink [--edit] HASH-OR-URL

Prints the scenario that a share link carries. Put the link in quotes: a shell
takes # for a comment. - reads it from standard input; line breaks, quote marks
and percent-encoding that a mail program added do not matter.

  --edit   prints the edit of the core that the link brings, as a unified diff:
           git apply and patch -p1 take it. The scenario is not printed

Exit status: 0, or 2 if the link cannot be used; then the reason is printed.
`;

const card = `Usage: iomap-playground card [--step N] [--link] [--base URL] FILE

Prints a case as plain text for a mail: one step, the steps it leans on, and
what the kernel made of it, in at most 72 columns of ASCII. It reads back, also
out of quotes: see uncard.

  --step N     the step that the card is about, the first is 1; if left out, the
               last one with expectations. The card's own numbers, which are
               part of its format, begin at 0
  --link       the share link below it, as one line, if it has at most 900
               characters
  --base URL   with --link: a full link to the playground at URL

Exit status: 0, or 2 if the file cannot be used.
`;

const uncard = `Usage: iomap-playground uncard FILE

Prints the scenario of the first text card in a mail. Quote marks, wrapped lines
and whatever stands around the card do not matter. - is standard input.

Exit status: 0, or 2 if there is no card that can be used; then the reason and
the line are printed.
`;

/** Help by command; `all` without one. */
export const HELP: Readonly<Record<string, string>> & { all: string } = {
  all,
  run,
  matrix,
  link,
  unlink,
  card,
  uncard,
};
