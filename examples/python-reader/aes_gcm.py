"""AES-256-GCM (FIPS 197, NIST SP 800-38D) in plain Python: slow and not constant in time, for reading and for tests."""
import struct, sys

xor = lambda a, b: bytes(x ^ y for x, y in zip(a, b))
double = lambda a: a << 1 ^ (a >> 7) * 0x11B  # in GF(2^8)
POWERS = [1]  # of 3
for _ in range(254):
    POWERS.append(POWERS[-1] ^ double(POWERS[-1]))
affine = lambda a: ((x := a ^ a << 1 ^ a << 2 ^ a << 3 ^ a << 4) ^ x >> 8) & 255 ^ 0x63
SBOX = bytes(affine(POWERS[-POWERS.index(a) % 255] if a else 0) for a in range(256))


def aes256(key, s):
    w = [key[i : i + 4] for i in range(0, 32, 4)]
    for i in range(8, 60):
        t = w[-1][1:] + w[-1][:1] if i % 8 == 0 else w[-1]
        t = t.translate(SBOX) if i % 4 == 0 else t
        w.append(xor(xor(w[-8], t), bytes([1 << i // 8 - 1 if i % 8 == 0 else 0, 0, 0, 0])))
    for r in range(0, 60, 4):
        if r:
            s = bytes(SBOX[s[5 * i % 16]] for i in range(16))
        if 0 < r < 56:
            near = lambda i, n: s[i & 12 | (i + n) & 3]
            s = bytes(double(s[i] ^ near(i, 1)) ^ near(i, 1) ^ near(i, 2) ^ near(i, 3) for i in range(16))
        s = xor(s, b"".join(w[r : r + 4]))
    return s


def ghash(h, data):
    y, h = 0, int.from_bytes(h, "big")
    for i in range(0, len(data), 16):
        x, y, v = y ^ int.from_bytes(data[i : i + 16], "big"), 0, h
        for bit in range(127, -1, -1):
            y, v = y ^ v * (x >> bit & 1), v >> 1 ^ (v & 1) * (0xE1 << 120)
    return y.to_bytes(16, "big")


def decrypt(key, nonce, sealed, aad):
    text, pad = sealed[:-16], lambda data: data + bytes(-len(data) % 16)
    stream = b"".join(aes256(key, nonce + struct.pack(">I", i)) for i in range(1, len(text) // 16 + 3))
    hashed = pad(aad) + pad(text) + struct.pack(">QQ", 8 * len(aad), 8 * len(text))
    if xor(stream, ghash(aes256(key, bytes(16)), hashed)) != sealed[-16:]:
        sys.exit("TAMPERED")
    return xor(text, stream[16:])
