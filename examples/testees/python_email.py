"""Python's `email`: header fields, multipart bodies, and what can be read with both: SIP messages and CPIM."""
import base64
import email.errors
import email.parser
import email.policy
import json
import re
import sys

POLICY = email.policy.compat32.clone(linesep="\r\n", raise_on_defect=True)
START_LINE = re.compile(rb"(?:SIP/2\.0 [1-6][0-9]{2} [^\r\n]*|[A-Za-z0-9\-.!%*_+`'~]+ [^ \r\n]+ SIP/2\.0)\r\n")


class Refused(Exception):
    """What the package reads without complaint, and is none of these formats."""


def part_of(read):
    body = base64.b64encode(read.get_payload(decode=True)).decode()
    return {"fields": fields(read), "body": {"base64": body}}


def fields(read):
    return [{"name": name, "value": str(value)} for name, value in read.raw_items()]


def sip_message(octets):
    octets = octets.lstrip(b"\r\n")
    start = START_LINE.match(octets)
    if start is None:
        raise Refused
    email.parser.BytesHeaderParser(policy=POLICY).parsebytes(octets[start.end():])


def cpim(octets):
    """Its headers have parameters and escapes that the package does not know: they have no value here."""
    headers, blank, content = octets.partition(b"\r\n\r\n")
    if not blank:
        raise Refused
    email.parser.BytesHeaderParser(policy=POLICY).parsebytes(headers + blank)
    email.parser.BytesHeaderParser(policy=POLICY).parsebytes(content)


def multipart(octets):
    read = email.parser.BytesParser(policy=POLICY).parsebytes(octets)
    parts = read.get_payload()
    if not read.is_multipart():
        raise Refused
    if read.preamble or read.epilogue or any(part.is_multipart() for part in parts):
        return None
    value = {"boundary": read.get_boundary(), "parts": [part_of(part) for part in parts]}
    if octets.endswith(b"\n"):  # the package does not tell an empty epilogue from none
        value["epilogue"] = {"base64": ""}
    return {"fields": fields(read), "multipart": value}


ARTEFACTS = {"sip-message": sip_message, "cpim": cpim, "multipart": multipart}


def answer(request):
    read = ARTEFACTS.get(request.get("artefact"))
    if read is None or request.get("op") != "decode":
        return {"outcome": "unsupported"}
    try:
        value = read(base64.b64decode(request["octets"]))
    except (Refused, email.errors.MessageError, email.errors.MessageDefect):
        return {"outcome": "invalid"}
    return {"outcome": "valid", "value": value}


for line in sys.stdin:
    request = json.loads(line)
    try:
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
    except Exception as error:  # the package broke, and lives on
        print(json.dumps({"id": request["id"], "outcome": "failure", "message": repr(error)}), flush=True)
