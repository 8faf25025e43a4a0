package io.etlkit.transform.mask.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.SeededRandom;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.token.CipherSuite;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The primitives against their standards' own vectors, and the JDK against Bouncy Castle. */
class PrimitivesTest {
    private static final String NIST_KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String NIST_TEXT = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String NIST_CIPHERTEXT = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";

    @ParameterizedTest
    @CsvSource({
        "1, 0b, 20, 4869205468657265, 1, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "2, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, 1,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "3, aa, 20, dd, 50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "4, 0102030405060708090a0b0c0d0e0f10111213141516171819, 1, cd, 50,"
                + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "5, 0c, 20, 546573742057697468205472756e636174696f6e, 1, a3b6167473100ee06e0c796c2955552b",
        "6, aa, 131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204"
                + "669727374, 1, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    })
    void hmacSha256IsThatOfRfc4231(
            int testCase, String key, int keyTimes, String data, int dataTimes, String expected) {
        byte[] message = hex(data.repeat(dataTimes));
        assertThat(hex(hmacOfTheJdk(hex(key.repeat(keyTimes)), message))).startsWith(expected);
        assertThat(hex(hmacOfBouncyCastle(hex(key.repeat(keyTimes)), message))).startsWith(expected);
    }

    @Test
    void hmacSha256IsThatOfRfc4231Case7() {
        byte[] message = ("This is a test using a larger than block-size key and a larger than block-size data. The key"
                        + " needs to be hashed before being used by the HMAC algorithm.")
                .getBytes(US_ASCII);
        assertThat(hex(hmacOfTheJdk(hex("aa".repeat(131)), message)))
                .isEqualTo("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    }

    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637"
                + "38393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091"
                + "92939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1"
                + "e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da32"
                + "75600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    })
    void hkdfIsThatOfRfc5869(String key, String salt, String info, String expected) {
        int length = expected.length() / 2;
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(hex(key), hex(salt), hex(info)));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        assertThat(hex(derived)).isEqualTo(expected);
        assertThat(hex(hkdfOfTheJdk(hex(key), hex(salt), hex(info), length))).isEqualTo(expected);
    }

    @Test
    void hkdfWithoutSaltIsThatOfRfc5869Case3() {
        assertThat(hex(Hkdf.derive(hex("0b".repeat(22)), "", 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @ParameterizedTest
    @CsvSource({
        "13, 00, 000000000000000000000000, '', '', '', 530f8afbc74536b9a963b4f1c4cb738b",
        "14, 00, 000000000000000000000000, '', 00000000000000000000000000000000, cea7403d4d606b6e074ec5d3baf39d18,"
                + " d0d1c8a799996bf0265b98b5d48ab919",
        "15, " + NIST_KEY + ", cafebabefacedbaddecaf888, '', " + NIST_TEXT + "1aafd255, " + NIST_CIPHERTEXT
                + "898015ad, b094dac5d93471bdec1a502270e3cc6c",
        "16, " + NIST_KEY + ", cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2, " + NIST_TEXT + ", "
                + NIST_CIPHERTEXT + ", 76fc6ece0f4e1768cddf8853bb2d551b",
    })
    void aesGcmIsThatOfMcGrewAndViega(
            int testCase, String key, String nonce, String aad, String text, String ciphertext, String tag) {
        byte[] bytes = hex(key.repeat(64 / key.length()));
        byte[] sealed = seal(new AesGcm(bytes.clone()), hex(nonce), hex(aad), hex(text));
        assertThat(hex(sealed)).isEqualTo(ciphertext + tag);
        assertThat(sealed).isEqualTo(gcmOfBouncyCastle(bytes, hex(nonce), hex(aad), hex(text)));
        assertThat(new AesGcm(bytes.clone()).decrypt(hex(nonce), hex(aad), sealed))
                .contains(hex(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 07f5f4169bbf55a8400cd47ea6fd400f",
        "'', 0100000000000000, c2ef328e5c71c83b843122130f7364b761e0b97427e3df28",
        "'', 010000000000000000000000, 9aab2aeb3faa0a34aea8e2b18ca50da9ae6559e48fd10f6e5c9ca17e",
        "'', 01000000000000000000000000000000, 85a01b63025ba19b7fd3ddfc033b3e76c9eac6fa700942702e90862383c6c366",
        "01, 0200000000000000, 1de22967237a813291213f267e3b452f02d01ae33e4ec854",
    })
    void aesGcmSivIsThatOfRfc8452(String aad, String text, String sealed) {
        byte[] key = hex("01" + "00".repeat(31));
        byte[] nonce = hex("03" + "00".repeat(11));
        AesGcmSiv cipher = new AesGcmSiv(key);
        assertThat(hex(seal(cipher, nonce, hex(aad), hex(text)))).isEqualTo(sealed);
        assertThat(cipher.decrypt(nonce, hex(aad), hex(sealed))).contains(hex(text));
    }

    @Test
    void bothProvidersGiveTheSameBytes() {
        SeededRandom.forAll(2000, random -> {
            byte[] key = bytes(random, 32);
            byte[] nonce = bytes(random, 12);
            byte[] aad = bytes(random, random.nextInt(200));
            byte[] text = bytes(random, random.nextInt(300));
            assertThat(seal(new AesGcm(key.clone()), nonce, aad, text))
                    .isEqualTo(gcmOfBouncyCastle(key, nonce, aad, text));
            assertThat(hmacOfTheJdk(key, text)).isEqualTo(hmacOfBouncyCastle(key, text));
            assertThat(Hkdf.derive(key, aad, 32)).isEqualTo(hkdfOfTheJdk(key, new byte[32], aad, 32));
        });
    }

    @Test
    void noCipherOpensWhatWasChanged() {
        SeededRandom.forAll(200, random -> {
            for (CipherSuite suite : CipherSuite.values()) {
                byte[] key = bytes(random, 32);
                Aead cipher = suite == CipherSuite.GCM ? new AesGcm(key) : new AesGcmSiv(key);
                byte[] nonce = bytes(random, 12);
                byte[] text = bytes(random, random.nextInt(50));
                byte[] sealed = seal(cipher, nonce, new byte[1], text);
                assertThat(cipher.decrypt(nonce, new byte[1], sealed)).contains(text);
                assertThat(cipher.decrypt(nonce, new byte[2], sealed)).isEmpty();
                assertThat(cipher.decrypt(nonce, new byte[1], new byte[15])).isEmpty();
                sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
                assertThat(cipher.decrypt(nonce, new byte[1], sealed)).isEmpty();
            }
        });
    }

    private static byte[] seal(Aead cipher, byte[] nonce, byte[] aad, byte[] text) {
        byte[] sealed = new byte[text.length + Aead.TAG];
        assertThat(cipher.encrypt(nonce, aad, text, 0, text.length, sealed)).isEqualTo(sealed.length);
        return sealed;
    }

    private static byte[] gcmOfBouncyCastle(byte[] key, byte[] nonce, byte[] aad, byte[] text) {
        var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, aad));
        byte[] sealed = new byte[cipher.getOutputSize(text.length)];
        try {
            cipher.doFinal(sealed, cipher.processBytes(text, 0, text.length, sealed, 0));
        } catch (InvalidCipherTextException impossible) {
            throw new AssertionError(impossible);
        }
        return sealed;
    }

    private static byte[] hmacOfTheJdk(byte[] key, byte[] message) {
        byte[] mac = new byte[HmacSha256.LENGTH];
        new HmacSha256(key.clone()).compute(message, message.length, mac);
        return mac;
    }

    private static byte[] hmacOfBouncyCastle(byte[] key, byte[] message) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key));
        mac.update(message, 0, message.length);
        byte[] result = new byte[HmacSha256.LENGTH];
        mac.doFinal(result, 0);
        return result;
    }

    /** RFC 5869, section 2, on the JDK's HMAC. */
    private static byte[] hkdfOfTheJdk(byte[] key, byte[] salt, byte[] info, int length) {
        byte[] extracted = hmacOfTheJdk(salt, key);
        Bytes all = new Bytes(length + HmacSha256.LENGTH);
        byte[] block = new byte[0];
        for (int i = 1; all.length() < length; i++) {
            Bytes message = new Bytes(64).put(block).put(info).put(i);
            block = hmacOfTheJdk(extracted, message.toArray());
            all.put(block);
        }
        all.truncate(length);
        return all.toArray();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
