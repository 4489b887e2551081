"""Evidence that stands up in a dispute: making the file, checking it, the key it is signed with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from cli import judging
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError
from i18n import Words, mark
from report.evidence.gather import gather
from report.evidence.timestamp import authority, roots_file
from report.evidence.write import write_evidence
from report.verify.run import verify as verify_file
from report.verify.verdict import Verdict
from storage.keys import PublicKey, known_key, public_half, read_public_key, signing_key

Output = typer.Option(..., "-o", "--output", help=mark("Where to write the file."))
File = typer.Argument(..., metavar="FILE", help=mark("The evidence file."))
Key = typer.Option(
    None,
    "--key",
    help=mark(
        "The public key that must have signed it: a file or its base64 (default: this installation's)."
    ),
)

Tsa = typer.Option(
    None, "--tsa", envvar="RASOAT_TSA", help=mark("Address of a time stamp authority (RFC 3161).")
)
TsaRoot = typer.Option(
    None,
    "--tsa-root",
    envvar="RASOAT_TSA_ROOT",
    help=mark("The time stamp authority's root certificates, as a PEM file."),
)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("evidence", help=mark("Everything behind one unit's score, as one signed WACZ file."))(
        evidence
    )
    app.command("verify", help=mark("Check an evidence file offline and recompute its score."))(verify)
    app.command("key", help=mark("The public key that evidence files are signed with."))(key)


def evidence(
    ctx: typer.Context,
    unit: str = judging.OneUnit,
    period: str | None = judging.PeriodId,
    edition: str | None = judging.EditionId,
    output: Path = Output,
    tsa: str | None = Tsa,
    tsa_root: Path | None = TsaRoot,
) -> int:
    """Write the evidence file of one unit and period."""
    session: Session = ctx.obj
    job = judging.make_job(session, [unit], period, None, edition)
    if not output.parent.is_dir():
        raise InputError("there is no folder {folder}", folder=output.parent)
    stamps = authority(tsa, tsa_root) if tsa else None
    with judging.opened(session) as store:
        bundle = gather(store, job.register, job.units[0], job.period, job.edition.id)
        signer = signing_key(session.settings.data)
        write_evidence(store, bundle, output, signer, datetime.now(job.as_of.tzinfo), stamps)
    told: dict[str, Any] = {
        "file": str(output),
        "unit": unit,
        "period": job.period.id,
        "bytes": output.stat().st_size,
        "key": public_half(signer).fingerprint,
    }
    if session.json:
        say_json(told)
    else:
        said = session.words("{file}: {bytes} bytes, signed with the key {key}", **told)
        answers().print(said, markup=False, soft_wrap=True)
    return 0


def verify(
    ctx: typer.Context, file: Path = File, key: str | None = Key, tsa_root: Path | None = TsaRoot
) -> int:
    """Check one evidence file; 0 when all is equal, 1 when something differs."""
    session: Session = ctx.obj
    expected = given_key(key) if key else known_key(session.settings.data)
    verdict = verify_file(file, expected, roots_file(tsa_root) if tsa_root else None)
    if session.json:
        say_json(verdict_answer(verdict, session.words))
    else:
        print_verdict(verdict, session.words)
    return 0 if verdict.equal else 1


def given_key(text: str) -> PublicKey:
    """The public key given on the command line: a file's, or the text itself."""
    path = Path(text)
    try:
        return read_public_key(path.read_text("ascii") if path.is_file() else text)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("{file}: cannot be read ({reason})", file=path, reason=error) from error


def verdict_answer(verdict: Verdict, words: Words) -> dict[str, Any]:
    """The machine answer of ``verify``."""
    found = [
        {"kind": each.kind, "text": words(each.message, **each.values)}
        | {name: str(value) for name, value in each.values.items()}
        for each in verdict.differences
    ]
    return {"equal": verdict.equal, **verdict.facts, "differences": found}


def print_verdict(verdict: Verdict, words: Words) -> None:
    """The outcome in words."""
    console, facts = answers(), verdict.facts
    said = [
        words(
            "{unit}, period {period}, edition {edition}",
            **{n: facts.get(n) for n in ("unit", "period", "edition")},
        ),
        words(
            "signed with the key {key} at {made_at}",
            key=facts.get("key", "–"),
            made_at=facts.get("made_at", "–"),
        ),
    ]
    if not facts.get("key_known"):
        said.append(words("nobody vouches for this key here; compare it with the one published (--key)"))
    if facts.get("stamped_at"):
        said.append(words("the signature was there at {at}, says a time stamp", at=facts["stamped_at"]))
        if not facts["stamp_known"]:
            said.append(words("nobody vouches for the time stamp's authority here (--tsa-root)"))
    if facts.get("own_rules"):
        rules = ", ".join(facts["own_rules"])
        said.append(
            words("judged by rules of its own, not by those this program ships: {rules}", rules=rules)
        )
    if verdict.equal:
        points = facts["standing"]
        total = points["low"] if points["low"] == points["high"] else f"{points['low']}–{points['high']}"
        said.append(
            words("Equal: every part is as signed, and the evidence gives {points} points.", points=total)
        )
    else:
        said.append(words("Different in {count} places:", count=len(verdict.differences)))
        said += ["- " + words(each.message, **each.values) for each in verdict.differences]
    for text in said:
        console.print(text, markup=False, soft_wrap=True)


def key(ctx: typer.Context) -> int:
    """Print the public key; it is made when there is none yet."""
    session: Session = ctx.obj
    public = public_half(signing_key(session.settings.data))
    if session.json:
        say_json({"algorithm": "Ed25519", "public_key": public.text, "fingerprint": public.fingerprint})
    else:
        answers().print(public.pem + public.fingerprint, markup=False, soft_wrap=True)
    return 0
