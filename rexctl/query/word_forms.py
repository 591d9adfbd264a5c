"""British and American spellings of a word: `licence` finds `license`, `aluminium` finds `aluminum`.

The full text has the stems of words, so `licences` and `licensing` need no entry here. A form that no
text has costs nothing, so the rules may make words that do not exist.
"""

from __future__ import annotations

import re

# Stems that no rule makes, British first; both may begin a longer word.
_PAIRS = (
    ("aluminium", "aluminum"), ("sulph", "sulf"), ("grey", "gray"), ("cheque", "check"), ("tyre", "tire"),
    ("programme", "program"), ("plough", "plow"), ("mould", "mold"), ("manoeuvr", "maneuver"),
    ("sceptic", "skeptic"), ("artefact", "artifact"), ("kerb", "curb"), ("whisky", "whiskey"),
    ("judgement", "judgment"), ("acknowledgement", "acknowledgment"), ("ageing", "aging"),
    ("fulfil", "fulfill"), ("enrol", "enroll"), ("instalment", "installment"), ("skilful", "skillful"),
    ("jewellery", "jewelry"), ("draught", "draft"), ("aeroplane", "airplane"), ("pretenc", "pretens"),
    ("licenc", "licens"), ("practis", "practic"), ("defenc", "defens"), ("offenc", "offens"),
    ("tranship", "transship"), ("cosy", "cozy"), ("storey", "story"),
)  # fmt: skip
# Endings, each with the other one: what is before them stays. In a longer word `s`, `d` ... may follow.
_RULES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"is(e[sd]?|er|ers|ing|ations?)$", r"iz\1"), (r"iz(e[sd]?|er|ers|ing|ations?)$", r"is\1"),
        (r"ys(e[sd]?|ing)$", r"yz\1"), (r"yz(e[sd]?|ing)$", r"ys\1"),
        (r"(?<=[a-z]{2})our(s|ed|ing|able|ite|ites|ful|er|ers)?$", r"or\1"),
        (r"(?<=[a-z]{2})or(s|ed|ing|able|ite|ites|ful|er|ers)?$", r"our\1"),
        (r"(?<=[bt])re(s|d)?$", r"er\1"), (r"(?<=[bt])er(s|ed)?$", r"re\1"),
        (r"ogue(s)?$", r"og\1"), (r"(?<=[a-z]{2})og(s)?$", r"ogue\1"),
        (r"ll(ed|ing|er|ers)$", r"l\1"), (r"(?<=[a-z][aeiou])l(ed|ing|er|ers)$", r"ll\1"),
        (r"ae", "e"), (r"(?<=[f])oe", "e"),
    )
)  # fmt: skip


def forms_of(word: str) -> list[str]:
    """Return a word and its forms in the other spelling, the word first.

    >>> forms_of("licences"), forms_of("harmonised"), forms_of("tariff")
    (['licences', 'licenses'], ['harmonised', 'harmonized'], ['tariff'])
    """
    lower = word.lower()
    forms = [word]
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if lower.startswith(one) and not (other.startswith(one) and lower.startswith(other)):
                forms.append(other + lower[len(one) :])
    for pattern, other in _RULES:
        if pattern.search(lower):
            forms.append(pattern.sub(other, lower, count=1))
    return list(dict.fromkeys(forms))
