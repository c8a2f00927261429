package io.github.resilientchat.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What holds for accounts and Regions beyond their quotas, until it is changed. Thread-safe. */
final class Conditions {

  private record Denial(String account, String region) {}

  private final Set<String> clamped = new HashSet<>();
  private final Set<Denial> denied = new HashSet<>();
  private final List<Capacity> capacities = new ArrayList<>();
  private final Map<Capacity, Integer> serving = new HashMap<>();

  synchronized void clamp(String account) {
    clamped.add(Accounts.requireName(account));
  }

  synchronized void release(String account) {
    clamped.remove(account);
  }

  synchronized void deny(String account, String region) {
    denied.add(new Denial(Accounts.requireName(account), region));
  }

  synchronized void allow(String account, String region) {
    denied.remove(new Denial(account, region));
  }

  /** Of several for one Region and model the one set last holds. */
  synchronized void set(Capacity capacity) {
    capacities.removeIf(
        other ->
            other.region().equals(capacity.region())
                && Objects.equals(other.model(), capacity.model()));
    capacities.add(capacity);
  }

  synchronized void clear() {
    clamped.clear();
    denied.clear();
    capacities.clear();
  }

  /**
   * Throws {@link Refused} when a service control policy keeps the account from one destination,
   * even if another would serve; as AWS does ("if any destination is denied", User Guide,
   * inference-profiles-support).
   */
  synchronized void requireAllowed(Caller caller, String accountId, Target target, String action) {
    for (String destination : target.destinations()) {
      if (denied.contains(new Denial(caller.account(), destination))) {
        throw new Refused(
            ApiError.of(
                403,
                "AccessDeniedException",
                ("User: arn:aws:sts::%s:assumed-role/app/session is not authorized to perform: %s"
                        + " on resource: arn:aws:bedrock:%s::foundation-model/%s with an explicit"
                        + " deny in a service control policy:"
                        + " arn:aws:organizations::%s:policy/o-1/service_control_policy/p-1")
                    .formatted(accountId, action, destination, target.model().id(), accountId)));
      }
    }
  }

  /** Throws {@link Refused} as a new account is answered whose limits AWS has not opened yet. */
  synchronized void requireUnclamped(Caller caller) {
    if (clamped.contains(caller.account())) {
      throw new Refused(ApiError.throttled("tokens per day"));
    }
  }

  /**
   * Takes a place in the Region that serves; what is returned gives it back.
   *
   * @throws Refused when there is none
   */
  synchronized Runnable serve(String region, String model) {
    List<Capacity> taken = new ArrayList<>();
    for (Capacity capacity : capacities) {
      if (capacity.covers(region, model)) {
        if (serving.getOrDefault(capacity, 0) >= capacity.concurrent()) {
          throw new Refused(capacity.refusal());
        }
        taken.add(capacity);
      }
    }
    taken.forEach(capacity -> serving.merge(capacity, 1, Integer::sum));
    return () -> giveBack(taken);
  }

  private synchronized void giveBack(List<Capacity> taken) {
    taken.forEach(
        capacity -> serving.computeIfPresent(capacity, (key, now) -> now > 1 ? now - 1 : null));
  }
}
