"""The options that choose a coder, its language model, and how that is asked."""

from __future__ import annotations

from pathlib import Path

import click

model_option = click.option("--model", metavar="NAME", help="The language model, by the name its server knows it by.")
part_chars_option = click.option(
    "--part-chars",
    type=click.IntRange(500),
    default=6_000,
    show_default=True,
    help="Ask about a longer report in parts of so many characters.",
)
CODER = click.option(
    "--coder",
    metavar="NAME",
    default="rules",
    show_default=True,
    help="Who codes: rules; model (a language model, each value held against the report's words); cascade (the "
    "rules, and the model where they are not sure).",
)
MANIFEST = click.option(
    "--manifest",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write down the run: coder, model, prompt, settings, reports, tokens and what they cost.",
)
#: The options of CoderChoice (coder_options.py), in the order of its fields.
OPTIONS = (
    CODER,
    model_option,
    click.option(
        "--share",
        type=click.FloatRange(0, 1),
        default=0.2,
        show_default=True,
        help="Of a cascade: ask about so large a share of the accounts, whole reports at a time.",
    ),
    click.option(
        "--share-of",
        type=click.Choice(("accounts", "questions")),
        default="accounts",
        show_default=True,
        help="What --share counts: accounts that the rules keep, or questions (about as many as reports).",
    ),
    click.option(
        "--answers",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Where the model's answers are kept: what is answered there is not asked again.",
    ),
    click.option("--offline", is_flag=True, help="Ask nobody: code by the answers that are kept."),
    click.option(
        "--any-prompt", is_flag=True, help="Take answers that were given to another version of the prompt, too."
    ),
    part_chars_option,
    click.option("--base-url", metavar="URL", help="Where the model's server is; default: OpenAI's."),
    click.option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="The server's key; default: $DATELINE_API_KEY, and for OpenAI's own server $OPENAI_API_KEY.",
    ),
    click.option(
        "--at-once", type=click.IntRange(1, 256), default=4, show_default=True, help="Ask about N reports at a time."
    ),
    click.option(
        "--prices",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="What a million tokens cost, for --budget and --dry-run (docs/coders.md).",
    ),
    click.option("--budget", type=click.FloatRange(0), help="Spend no more: money with --prices, else tokens."),
    MANIFEST,
    click.option("--dry-run", is_flag=True, help="Ask nobody: say how many tokens it would take, and what they cost."),
)
