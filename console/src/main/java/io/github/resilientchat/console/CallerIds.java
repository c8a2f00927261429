package io.github.resilientchat.console;

import io.github.resilientchat.core.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Callers by an id that says who is who, and not who it is: a hash under a key that nobody has, and
 * that is another one after each start.
 */
final class CallerIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHOWN = 8;

  private final SecretKeySpec key;

  CallerIds() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  String of(Caller caller) {
    if (caller.isAnonymous()) {
      return "anonymous";
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String name = caller.tenant() + "\0" + caller.user();
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, SHOWN);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
