package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares what a route has, by weight, among those who ask for it, as long as its targets are near
 * their limits; while they are not, nobody is held to anything. A share is max-min fair: who wants
 * less than the others gets all of it, and what is left of it is lent to those who want more. Who
 * wants more than her share is let in while enough of a reserve is left, the more of it the more
 * she has had, so that the reserve is there for whoever asks for what is hers.
 *
 * <p>Counts in tokens, over the last minute; a tenant's users are one. Those beyond a thousand are
 * one too, which weighs what they likely weigh together. Thread-safe.
 */
final class FairShares {

  /** So much of the targets' limits is kept for those who have not had their share. */
  private static final double RESERVE = 0.25;

  /** Arrivals are not always the same: who as a rule wants so little more wants her share. */
  private static final double TOLERANCE = 0.15;

  /** Who wants more than her share and has just had it finds so much of the reserve kept. */
  private static final double AT_HER_SHARE = 0.4;

  /** Who has had so much more than her share finds all of it kept. */
  private static final double FAR_OVER = 0.25;

  private static final double LEARNS = 0.02;
  private static final double ENOUGH = 0.001;
  private static final double MOST_OF_TAKEN = 4;
  private static final Logger LOG = LoggerFactory.getLogger(FairShares.class);

  /** Whoever comes when there are so many is one of the others. */
  static final int MOST_FLOWS = 1_000;

  private static final long LOOK_NANOS = 10_000_000;
  private static final long SHARE_NANOS = 250_000_000;

  private final Scarcity scarcity;
  private final Map<String, Flow> tenants = new ConcurrentHashMap<>();
  private final Map<String, Flow> users = new ConcurrentHashMap<>();

  /** Those who are too many for a flow each, together. */
  private final Flow others = new Flow(1);

  private final Crowd crowd = new Crowd();
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicLong lookAt = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong shareAt = new AtomicLong(Long.MIN_VALUE);
  private volatile double left = 1;

  /** What calls use of what they take, as a rule: what is asked for in vain is measured by it. */
  private volatile double usedOfTaken = 1;

  /** What a weight of 1 may have in a minute. */
  private volatile double share = Double.POSITIVE_INFINITY;

  FairShares(Scarcity scarcity) {
    this.scarcity = scarcity;
  }

  /** Whether a call may go on, as far as others are concerned. */
  boolean mayEnter(Caller caller, long nanos) {
    double now = left(nanos);
    if (now >= RESERVE) {
      return true;
    }
    Flow flow = flow(caller, 1, nanos);
    if (flow == others && !told.get() && told.compareAndSet(false, true)) {
      LOG.warn(
          "more than {} tenants and users want a share of a scarce route; those beyond are let in"
              + " together, by what they likely weigh",
          MOST_FLOWS);
    }
    double own = share(nanos) * weightOf(flow, nanos);
    if (flow.usuallyWanted(nanos) <= own * (1 + TOLERANCE)) {
      return true;
    }
    double over = own <= 0 ? FAR_OVER : flow.got(nanos) / own - 1;
    return now > RESERVE * Math.min(1, AT_HER_SHARE + (1 - AT_HER_SHARE) * over / FAR_OVER);
  }

  /** A call shows what its caller wants, whether it is let in or not. */
  void asked(Caller caller, int weight, long tokens, long nanos) {
    long likely = (long) Math.ceil(tokens * usedOfTaken);
    asking(caller, weight, nanos).asked(likely, weight, nanos);
  }

  /**
   * A call was let in, and takes these tokens.
   *
   * @param asks whether it asks for the first time
   */
  void took(Caller caller, int weight, long tokens, boolean asks, long nanos) {
    asking(caller, weight, nanos)
        .took(asks ? (long) Math.ceil(tokens * usedOfTaken) : 0, tokens, weight, nanos);
  }

  /** It used more or fewer than it took; 0 when it was not served. */
  void settled(Caller caller, long took, long used, long nanos) {
    if (used > 0 && took > 0) {
      learn(Math.min(MOST_OF_TAKEN, (double) used / took));
    }
    if (used != took) {
      flow(caller, 1, nanos).got(used - took, nanos);
    }
  }

  /** A lost update does no harm. What is known well enough is not written again. */
  private void learn(double seen) {
    double known = usedOfTaken;
    if (Math.abs(seen - known) > ENOUGH * known) {
      usedOfTaken = known + (seen - known) * LEARNS;
    }
  }

  /** The flow of somebody who asks. */
  private Flow asking(Caller caller, int weight, long nanos) {
    Flow flow = flow(caller, weight, nanos);
    if (flow == others) {
      crowd.asks(nameOf(caller), weight, nanos);
    }
    return flow;
  }

  private double weightOf(Flow flow, long nanos) {
    return flow == others ? crowd.weight(nanos) : flow.weight();
  }

  private static String nameOf(Caller caller) {
    @Nullable String tenant = caller.tenant();
    return tenant != null ? tenant : caller.user() == null ? "" : caller.user();
  }

  private Flow flow(Caller caller, int weight, long nanos) {
    Map<String, Flow> all = caller.tenant() == null ? users : tenants;
    String kept = AccountName.of(nameOf(caller));
    @Nullable Flow known = all.get(kept);
    if (known != null) {
      return known;
    }
    if (areMany()) {
      // Those who want nothing any more go.
      share(nanos);
      if (areMany()) {
        return others;
      }
    }
    Flow made = new Flow(weight);
    @Nullable Flow first = all.putIfAbsent(kept, made);
    return first == null ? made : first;
  }

  private boolean areMany() {
    return tenants.size() + users.size() >= MOST_FLOWS;
  }

  /** One of those who ask at a time looks, and not more often than it changes much. */
  private double left(long nanos) {
    long seen = lookAt.get();
    boolean due = seen == Long.MIN_VALUE || nanos - seen >= LOOK_NANOS;
    if (due && lookAt.compareAndSet(seen, nanos)) {
      left = scarcity.left(RESERVE);
    }
    return left;
  }

  private double share(long nanos) {
    long seen = shareAt.get();
    boolean due = seen == Long.MIN_VALUE || nanos - seen >= SHARE_NANOS;
    if (due && shareAt.compareAndSet(seen, nanos)) {
      share = shareOf(nanos);
    }
    return share;
  }

  /** What all got in a minute, which is what there is, shared by weight as far as it is wanted. */
  private double shareOf(long nanos) {
    List<Want> wants = new ArrayList<>();
    double there = enter(tenants, wants, nanos) + enter(users, wants, nanos) + others.got(nanos);
    long wanted = others.wanted(nanos);
    if (wanted > 0) {
      others.wants(wanted, nanos);
      wants.add(new Want(wanted, crowd.weight(nanos)));
    }
    wants.sort(Comparator.comparingDouble(Want::perWeight));
    double weights = wants.stream().mapToDouble(Want::weight).sum();
    for (Want want : wants) {
      if (want.perWeight() * weights > there) {
        return there / weights;
      }
      there -= want.tokens();
      weights -= want.weight();
    }
    return Double.POSITIVE_INFINITY;
  }

  private record Want(double tokens, double weight) {
    double perWeight() {
      return tokens / weight;
    }
  }

  /** What these got; those who want nothing any more are forgotten. */
  private static double enter(Map<String, Flow> flows, List<Want> wants, long nanos) {
    double got = 0;
    for (Map.Entry<String, Flow> entry : flows.entrySet()) {
      Flow flow = entry.getValue();
      long wanted = flow.wanted(nanos);
      if (wanted <= 0) {
        flows.remove(entry.getKey(), flow);
      } else {
        flow.wants(wanted, nanos);
        wants.add(new Want(wanted, flow.weight()));
        got += flow.got(nanos);
      }
    }
    return got;
  }
}
