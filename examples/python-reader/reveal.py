"""Reveals aes-gcm tokens with a plaintext keyset: python3 reveal.py keys/pii.json DOMAIN < tokens"""
import base64, hmac, ipaddress, json, re, struct, sys, uuid
import aes_gcm

SHAPE = re.compile(r"mk1\.([\w-]{6})\.([\w-]{21}[AQgw])\.g([\w-]{6})\.([\w-]{44,})", re.ASCII)
decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
encode = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
mac = lambda key, *parts: hmac.digest(key, b"".join(parts), "sha256")
hkdf = lambda key, label: mac(mac(bytes(32), key), label.encode(), b"\1")
lp = lambda data: struct.pack(">I", len(data)) + data

def fingerprint(keys, gid, domain, form):
    key = keys["index"][gid]
    if not key["over"]:
        return mac(hkdf(decode(key["key"]), "mk1/idx/" + domain), lp(b"mk1"), lp(domain.encode()), lp(form))[:16]
    below = fingerprint(keys, key["over"], domain, form)
    return mac(hkdf(decode(key["key"]), "mk1/onion/" + domain), lp(b"mk1/onion"), lp(domain.encode()), lp(below))[:16]

def reveal(keys, token, domain):
    parts = SHAPE.fullmatch(token) or sys.exit("NOT_A_TOKEN, or none of aes-gcm")
    gid, fp, ekid, sealed = parts.groups()
    key, head = hkdf(decode(keys["enc"][ekid]["key"]), f"mk1/gcm/{gid}/{domain}"), token.rpartition(".")[0]
    plain = aes_gcm.decrypt(key, decode(fp)[:12], decode(sealed), f"{head}\0{domain}".encode())
    form = plain if plain[0] in (1, 2) else plain.rstrip(b"\0")[:-1]
    padded = form if plain[0] in (1, 2) else form + b"\x80" + bytes(-len(form) % 16)
    if plain != padded or fingerprint(keys, gid, domain, form) != decode(fp) or encode(decode(sealed)) != sealed:
        sys.exit("TAMPERED")
    ip = lambda form: ipaddress.IPv6Address(form).ipv4_mapped or ipaddress.IPv6Address(form)
    return {1: ip, 2: lambda form: uuid.UUID(bytes=form)}.get(form[0], bytes.decode)(form[1:])

keyset = json.load(open(sys.argv[1]))
keys = {kind: {key["id"]: key for key in keyset[kind]} for kind in ("index", "enc")}
for line in sys.stdin:
    print(reveal(keys, line.strip(), sys.argv[2]))
