"""Reads mails with the standard library: one line of base64 in, one line of JSON out."""
import base64, email, email.policy, json, sys
from email.header import decode_header, make_header
from email.utils import getaddresses

def part(p):
    return {
        "type": p.get_content_type(),
        "disposition": p.get_content_disposition(),
        "filename": p.get_filename(),
        "cid": p.get("Content-ID"),
        "parts": [part(c) for c in p.iter_parts()] if p.is_multipart() else None,
        "content": None if p.is_multipart() else base64.b64encode(p.get_payload(decode=True)).decode(),
        "defects": [type(d).__name__ for d in p.defects],
    }

# The new policies of Python before 3.13 put blanks between encoded-words of a phrase, so names are read in the old way.
def mailboxes(fields):
    return [[str(make_header(decode_header(name))), address] for name, address in getaddresses(fields)]

for line in sys.stdin:
    octets = base64.b64decode(line)
    m = email.message_from_bytes(octets, policy=email.policy.SMTPUTF8)
    old = email.message_from_bytes(octets)
    print(json.dumps({
        "subject": str(m["Subject"] or ""),
        "to": mailboxes(old.get_all("To", [])),
        "from": mailboxes(old.get_all("From", [])),
        "defects": [str(d) for h in m.values() for d in getattr(h, "defects", [])],
        "body": part(m),
    }), flush=True)
