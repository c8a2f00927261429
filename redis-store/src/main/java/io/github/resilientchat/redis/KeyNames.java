package io.github.resilientchat.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilientchat.core.quota.Limit;
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
 * one node of a cluster, and a digest in which nobody can read who it is. Thread-safe.
 */
final class KeyNames {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private static final byte RECORD = 'c';
  private static final byte ACCOUNT = 'a';
  private static final byte LEASES = 'l';

  /** Whose digests are kept, since one takes longer than all else that asking does here. */
  private static final long MOST_KEPT = 10_000;

  private final String prefix;
  private final byte[] secret;
  private final Cache<Name, byte[]> digests =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();
  private final Mac mac;

  /** Who is digested: a holder, or what stands in braces for a tenant or a user. */
  private record Name(
      Scope scope, @Nullable String plan, @Nullable String tenant, @Nullable String user) {}

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

  /**
   * The call's record, then for each holder its account and, if calls at a time are limited, its
   * leases.
   *
   * @param accounts whether the accounts are asked for, or leases alone
   */
  byte[][] keys(Demand demand, boolean accounts) {
    List<Holder> holders = demand.holders();
    byte[][] keys = new byte[2 * holders.size() + 1][];
    byte[] home = (prefix + ":{" + tag(demand) + "}:").getBytes(StandardCharsets.UTF_8);
    int count = 0;
    keys[count++] = key(home, RECORD, demand.id().getBytes(StandardCharsets.UTF_8));
    for (Holder holder : holders) {
      boolean leases = holder.limits().of(Limit.Unit.PAR) != null;
      if (accounts || leases) {
        byte[] account = account(holder);
        if (accounts) {
          keys[count++] = key(home, ACCOUNT, account);
        }
        if (leases) {
          keys[count++] = key(home, LEASES, account);
        }
      }
    }
    return Arrays.copyOf(keys, count);
  }

  private static byte[] key(byte[] home, byte kind, byte[] name) {
    byte[] key = Arrays.copyOf(home, home.length + 2 + name.length);
    key[home.length] = kind;
    key[home.length + 1] = ':';
    System.arraycopy(name, 0, key, home.length + 2, name.length);
    return key;
  }

  /** Who shares an account is on one node; where only users have limits, each may be anywhere. */
  private String tag(Demand demand) {
    @Nullable Holder tenant = of(Scope.TENANT, demand.holders());
    @Nullable Holder user = of(Scope.USER, demand.holders());
    return switch (demand.widest()) {
      case ROUTE, APPLICATION -> "all";
      case TENANT -> {
        @Nullable Holder one = tenant == null ? user : tenant;
        yield one == null
            ? "all"
            : one.tenant() == null ? userTag(one) : tag(Scope.TENANT, one.tenant(), null);
      }
      case USER -> user == null ? "all" : userTag(user);
    };
  }

  private String userTag(Holder user) {
    return tag(Scope.USER, user.tenant(), user.user());
  }

  private String tag(Scope scope, @Nullable String tenant, @Nullable String user) {
    return new String(
        digests.get(new Name(scope, null, tenant, user), this::digest), StandardCharsets.US_ASCII);
  }

  private static @Nullable Holder of(Scope scope, List<Holder> holders) {
    for (Holder holder : holders) {
      if (holder.scope() == scope) {
        return holder;
      }
    }
    return null;
  }

  private byte[] account(Holder holder) {
    return digests.get(
        new Name(holder.scope(), holder.plan(), holder.tenant(), holder.user()), this::digest);
  }

  private byte[] digest(Name name) {
    Mac own;
    try {
      own = (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " can be cloned", e);
    }
    @Nullable String[] parts = {name.scope().name(), name.plan(), name.tenant(), name.user()};
    for (@Nullable String part : parts) {
      // Lengths first, so that no two lists of names read the same.
      byte[] bytes = part == null ? new byte[0] : characters(part);
      own.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
      own.update(bytes);
    }
    byte[] all = Arrays.copyOf(own.doFinal(), BYTES);
    return Base64.getUrlEncoder().withoutPadding().encode(all);
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
