"""A correction that was typed in a terminal: the field, and the value as the ledger takes it."""

from __future__ import annotations

from typing import Any


def correction(said: str) -> tuple[str, Any]:
    """The field and the value of a correction that was typed ("counts.killed.civilian=12"). Raises BadJudgement
    (DL-L009)."""
    from dateline.ledger.errors import BadJudgement

    name, equals, value = (part.strip() for part in said.partition("="))
    if not equals:
        raise BadJudgement(f"{said!r} has no value.", remedy="Write FIELD=VALUE, for example when=2024-05-14.")
    if name == "where":
        return name, [_place(part.strip()) for part in value.split(";") if part.strip()]
    if name == "method":
        return name, [part.strip() for part in value.split(",") if part.strip()]
    if name == "actors":
        return name, [_party(part.strip()) for part in value.split(";") if part.strip()]
    if name.startswith("counts.") and value:
        if not value.isdigit():
            raise BadJudgement(f"{value!r} is no whole number.")
        return name, int(value)
    return name, value or None


def _party(said: str) -> dict[str, Any]:
    """The party with its role that was typed ("agent:ISIS")."""
    role, _, name = said.partition(":")
    return {"role": role.strip(), "name": name.strip()}


def _place(name: str) -> dict[str, Any]:
    """The place that was typed: a name, which stands for the most populous town of this name in the gazetteer, or a
    name with a gazetteer id (NAME@ID)."""
    from dateline.where import entries_of

    words, _, wanted = name.partition("@")
    entries = [e for e in entries_of(words) if not wanted or e.gazetteer_id == wanted]
    if not entries:
        return {"name": words}
    # Towns come before districts with the same name.
    e = min(entries, key=lambda e: e.kind != "city")
    return {"name": e.name, "country": e.country, "admin1": e.admin1, "lat": e.lat, "lon": e.lon,
            "precision": e.kind, "gazetteer_id": e.gazetteer_id}  # fmt: skip
