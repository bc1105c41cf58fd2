"""News that was damaged on its way: letters, words and signs are lost, doubled, swapped, or come from elsewhere. Each
text is coded, or rejected for what it is; the coder itself fails on none (DL-R010)."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.world import World

from dateline.coding import code_or_reject
from dateline.model import RejectedReport
from dateline.model.rejections import NotCoded
from dateline.readers import report_of
from tests.attack.budget import Budget, Result

_TEXTS = (
    "KABUL, 3 May 2009 (Reuters) - A bomb killed three people and wounded at least a dozen more in a market in Kabul "
    'on Monday, police said. "We fear that the number will rise," Colonel Ahmad Rahimi told reporters. It was the '
    "third attack since 29 April, when gunmen shot dead two teachers near Herat.",
    "Some 1,500 to 2,000 students marched in Lagos on 7 June 2011 against the price of fuel; 45 were arrested, 12 of "
    "them under 18, the union (NUS) says. Nobody was hurt. Last year's march ended with four dead.",
    "- Troops stormed a camp in Arauca, killing five FARC fighters [1].\n- In Cali, a judge sentenced a former mayor "
    "to 20 years for the murder of a priest in 1998.\n\nMANILA: An explosion near Jolo, Sulu, was not an attack, "
    "the army denied.",
)  # fmt: skip
#: What comes from elsewhere: signs that open and do not close, numbers and days that are none, letters of other kinds.
_STRANGE = (
    "(", "[", '"', "“", "’", "...", "--", "\n", "\n\n", "\t", "\u00a0", "\u200f", "\u0301", "\ufeff", "İ", "ß", "日本",
    "٣", "½", "1,2,3", "0", "99999999999999999999", "31 February", "30/02/0000", "24:61", "no. 3 of", "May May",
    "between and", "not not", "killed killed", "one of the one of", "the the the", "&nbsp;", "<b>", "http://[", "@x",
    "#", "A" * 60, "-year-old", "to 5 from", "%", "$ 5bn", "Mr.", "U.S.", "al-", "de la", "who who said that that",
)  # fmt: skip
#: Changes of a text at most.
_MOST = 12


def mutants(budget: Budget) -> Result:
    """Texts of ours and of a made-up world, changed by chance, coded by the rules."""
    result, choice = Result(), budget.chance()
    texts = [*_TEXTS, *(coding.report.text for coding in World(seed=11).codings(40))]
    for number in budget.rounds():
        text = mutant(choice, choice.choice(texts))
        name = f"mutant {number + 1} of seed {budget.seed}"
        try:
            # Of no other language than it was, whatever became of its letters.
            report = replace(report_of(text, name, "2011-06-09"), lang="en")
        except RejectedReport:
            result.expect(True, "")
            continue
        found = code_or_reject(report, reader="rules")
        result.expect(not isinstance(found, NotCoded), f"{name}: {found} {text!r}")
    return result


def mutant(choice: random.Random, text: str) -> str:
    """A text with some changes: letters or words lost, doubled, swapped, in another case, or put in."""
    for _ in range(choice.randint(1, _MOST)):
        at, turn = choice.randrange(len(text) + 1), choice.randrange(6)
        end = min(len(text), at + choice.choice((1, 1, 3, 20)))
        if turn == 0:
            text = text[:at] + text[end:]
        elif turn == 1:
            text = text[:end] + text[at:]
        elif turn == 2:
            text = text[:at] + choice.choice(_STRANGE) + text[at:]
        elif turn == 3:
            words = text.split(" ")
            first, second = choice.randrange(len(words)), choice.randrange(len(words))
            words[first], words[second] = words[second], words[first]
            text = " ".join(words)
        elif turn == 4:
            text = text[:at] + choice.choice((str.upper, str.lower, str.swapcase))(text[at:end]) + text[end:]
        else:
            text = text[at:] + choice.choice((" ", "\n", "")) + text[:at]
    return text if text.strip() else "A bomb."
