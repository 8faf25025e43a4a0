"""Reveals aes-gcm and aes-gcm-random tokens with a plaintext keyset: python3 reveal.py keys/pii.json DOMAIN < tokens"""
import aes_gcm, base64, hmac, ipaddress, json, re, struct, sys, uuid

SHAPE = r"mk1\.([\w-]{6})\.([\w-]{22})(?:\.([gs])([\w-]{6})\.([\w-]{44,}))?|mk1r\.([\w-]{6})\.([\w-]{60,})"
mac = lambda key, *parts: hmac.digest(key, b"".join(parts), "sha256")
hkdf = lambda key, label: mac(mac(bytes(32), key), label.encode(), b"\1")
lp = lambda data: struct.pack(">I", len(data)) + data
ip = lambda form: ipaddress.IPv6Address(form).ipv4_mapped or ipaddress.IPv6Address(form)
SHOW = {1: ip, 2: lambda form: uuid.UUID(bytes=form), 3: bytes.decode, 4: bytes.decode, 5: bytes.decode}

def decode(text):
    data = base64.urlsafe_b64decode(text + "A" * (-len(text) % 4))[: len(text) * 3 // 4]
    return data if base64.urlsafe_b64encode(data).decode().rstrip("=") == text else sys.exit("TAMPERED")

def fingerprinter(index, gid, domain):
    key, over = index.get(gid) or sys.exit("UNKNOWN_KEY")
    below, step, name = (fingerprinter(index, over, domain), "onion", b"mk1/onion") if over else (bytes, "idx", b"mk1")
    return lambda form: mac(hkdf(key, f"mk1/{step}/{domain}"), lp(name), lp(domain.encode()), lp(below(form)))[:16]

def reveal(keys, token, domain):
    gid, fp, suite, ekid, sealed, kid, random = (re.fullmatch(SHAPE, token, re.ASCII) or sys.exit("NOT_A_TOKEN")).groups()
    random or suite == "g" or sys.exit("aes-gcm-siv, which is not read here" if suite else "NOT_REVERSIBLE")
    fingerprint = fingerprinter(keys["index"], gid, domain) if gid else None
    key = hkdf((keys["enc"].get(ekid or kid) or sys.exit("UNKNOWN_KEY"))[0], f"mk1/gcm{'/' + gid if gid else '-random'}/{domain}")
    sealed = decode(random) if random else decode(fp)[:12] + decode(sealed)
    plain = aes_gcm.decrypt(key, sealed[:12], sealed[12:], f"{token.rpartition('.')[0]}\0{domain}".encode())
    form = plain if plain[0] < 3 else plain.rstrip(b"\0")[:-1]
    padded = form[:17] if plain[0] < 3 else form + b"\x80" + bytes(-len(form) % 16)
    if plain[0] not in SHOW or plain != padded or gid and not hmac.compare_digest(fingerprint(form), decode(fp)):
        sys.exit("TAMPERED")
    return SHOW[form[0]](form[1:])

keyset = json.load(open(sys.argv[1]))
keys = {kind: {k["id"]: (decode(k["key"]), k.get("over")) for k in keyset[kind] if k.get("key")} for kind in ("index", "enc")}
sys.stdout.writelines(f"{reveal(keys, line.strip(), sys.argv[2])}\n" for line in sys.stdin)
