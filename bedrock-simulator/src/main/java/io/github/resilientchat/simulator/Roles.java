package io.github.resilientchat.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Roles, the sessions that were given of them, and the log of who asked. Thread-safe. */
final class Roles {

  private static final int KEPT = 10_000;
  private static final String KEY_PREFIX = "ASIASIM";

  /** A role, and when what was given of it before was revoked; while closed it is not lent. */
  private record Lent(Role role, @Nullable Instant revoked, boolean closed) {}

  private final InstantSource clock;
  private final Map<String, Lent> roles = new HashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Deque<Assumption> log = new ArrayDeque<>();
  private int issued;

  Roles(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Role role) {
    roles.put(role.arn(), new Lent(role, null, false));
  }

  /** Ends what was given of it, and lends it no more. */
  synchronized void revoke(String arn) {
    roles.put(arn, new Lent(known(arn).role(), clock.instant(), true));
  }

  /** Lends it again; what was revoked stays so. */
  synchronized void restore(String arn) {
    roles.put(arn, new Lent(known(arn).role(), known(arn).revoked(), false));
  }

  /** What leads back to the roles that are lent now; sessions stay. */
  synchronized Runnable asNow() {
    Map<String, Lent> known = Map.copyOf(roles);
    return () -> restore(known);
  }

  private synchronized void restore(Map<String, Lent> known) {
    roles.clear();
    roles.putAll(known);
  }

  private Lent known(String arn) {
    Lent lent = roles.get(arn);
    if (lent == null) {
      throw new IllegalArgumentException("no role '" + arn + "'; there are " + roles.keySet());
    }
    return lent;
  }

  /** The role of this ARN while it is lent. */
  synchronized Optional<Role> lent(String arn) {
    return Optional.ofNullable(roles.get(arn)).filter(lent -> !lent.closed()).map(Lent::role);
  }

  synchronized Session issue(Role role, String name, Duration asked) {
    Duration lasts = role.sessionsLast() == null ? asked : role.sessionsLast();
    Instant now = clock.instant();
    Session session =
        new Session(
            role,
            name,
            KEY_PREFIX + "%09d".formatted(++issued),
            UUID.randomUUID().toString(),
            now,
            now.plus(lasts));
    sessions.put(session.accessKey(), session);
    if (sessions.size() > KEPT) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    return session;
  }

  synchronized Optional<Session> session(String accessKey) {
    return Optional.ofNullable(sessions.get(accessKey));
  }

  boolean isExpired(Session session) {
    return !clock.instant().isBefore(session.expires());
  }

  synchronized boolean isRevoked(Session session) {
    Lent lent = roles.get(session.role().arn());
    return lent == null || (lent.revoked() != null && !session.issued().isAfter(lent.revoked()));
  }

  synchronized void add(Assumption assumption) {
    log.add(assumption);
    if (log.size() > KEPT) {
      log.remove();
    }
  }

  synchronized List<Assumption> log() {
    return List.copyOf(log);
  }

  synchronized void clearLog() {
    log.clear();
  }
}
