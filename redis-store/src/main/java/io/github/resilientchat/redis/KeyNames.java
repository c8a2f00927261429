package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.QuotaStore.Demand;
import io.github.resilientchat.core.quota.QuotaStore.Holder;
import io.github.resilientchat.core.quota.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names of keys: a prefix, the part in braces that all keys of a call share, so that they are on
 * one node of a cluster, and a digest in which nobody can read who it is. Immutable.
 */
final class KeyNames {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private final String prefix;
  private final byte[] secret;
  private final Mac mac;

  KeyNames(String prefix, byte[] secret) {
    this.prefix = prefix;
    this.secret = secret.clone();
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      this.mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  boolean isOf(byte[] other) {
    return Arrays.equals(secret, other);
  }

  byte[] secret() {
    return secret.clone();
  }

  /** What stands before all names of a demand's keys. */
  String home(Demand demand) {
    return prefix + ":{" + tag(demand) + "}:";
  }

  /** Who shares an account is on one node; where only users have limits, each may be anywhere. */
  private String tag(Demand demand) {
    @Nullable Holder tenant = of(Scope.TENANT, demand.holders());
    @Nullable Holder user = of(Scope.USER, demand.holders());
    return switch (demand.widest()) {
      case ROUTE, APPLICATION -> "all";
      case TENANT -> {
        @Nullable Holder one = tenant == null ? user : tenant;
        yield one == null ? "all" : one.tenant() == null ? userTag(one) : digest(one.tenant());
      }
      case USER -> user == null ? "all" : userTag(user);
    };
  }

  private String userTag(Holder user) {
    return digest(user.tenant(), user.user());
  }

  private static @Nullable Holder of(Scope scope, List<Holder> holders) {
    for (Holder holder : holders) {
      if (holder.scope() == scope) {
        return holder;
      }
    }
    return null;
  }

  String account(Holder holder) {
    return digest(holder.scope().name(), holder.plan(), holder.tenant(), holder.user());
  }

  byte[] key(String home, String kind, String name) {
    return (home + kind + name).getBytes(StandardCharsets.UTF_8);
  }

  private String digest(@Nullable String... parts) {
    Mac own;
    try {
      own = (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " can be cloned", e);
    }
    for (@Nullable String part : parts) {
      // Lengths first, so that no two lists of names read the same.
      byte[] bytes = part == null ? new byte[0] : characters(part);
      own.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
      own.update(bytes);
    }
    byte[] all = Arrays.copyOf(own.doFinal(), BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** Character by character: an encoding would make one of all broken surrogates. */
  private static byte[] characters(String name) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * name.length());
    for (int at = 0; at < name.length(); at++) {
      bytes.putChar(name.charAt(at));
    }
    return bytes.array();
  }
}
