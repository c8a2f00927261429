package io.github.resilientchat.observation;

import io.github.resilientchat.core.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Callers by an id that says who is who, and not who it is: HMAC-SHA-256 of tenant and user, 32
 * hexadecimal digits of it. Whoever has the key and knows a name can tell its id. Thread-safe.
 */
public final class CallerIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGITS = 32;
  private static final String NOBODY = "anonymous";

  private final SecretKeySpec key;

  private CallerIds(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Ids under this key; those of instances that have the same one are the same. */
  public static CallerIds keyed(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("a key must not be empty");
    }
    return new CallerIds(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Ids under a key that nobody has, and that no other object has. */
  public static CallerIds random() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new CallerIds(random);
  }

  /** The caller's id; {@code anonymous} for whoever names no user. */
  public String of(Caller caller) {
    if (caller.isAnonymous()) {
      return NOBODY;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // Names hold anything: the length tells where one ends.
      String tenant = Objects.requireNonNullElse(caller.tenant(), "");
      mac.update((tenant.length() + ":" + tenant).getBytes(StandardCharsets.UTF_16BE));
      mac.update(String.valueOf(caller.user()).getBytes(StandardCharsets.UTF_16BE));
      return HexFormat.of().formatHex(mac.doFinal()).substring(0, DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
