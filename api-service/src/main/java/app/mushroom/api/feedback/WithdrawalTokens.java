package app.mushroom.api.feedback;

import app.mushroom.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What feedback can be taken back with: given once to whoever gave it, kept only as a hash. */
final class WithdrawalTokens {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 18;

  private WithdrawalTokens() {}

  /** 144 random bits, as 24 characters that fit into a header. */
  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String sha256(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the same time whether they agree or not. */
  static boolean matches(String token, String sha256) {
    return MessageDigest.isEqual(
        sha256(token).getBytes(StandardCharsets.US_ASCII),
        sha256.getBytes(StandardCharsets.US_ASCII));
  }
}
