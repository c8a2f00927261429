package io.github.resilientchat.core.quota;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts of callers for all instances of an application: what one takes, all have less of.
 * Counts as {@link PlanQuotas} does, to the unit: requests and tokens a minute or an hour slide by
 * twelfths, days, months and all money follow the calendar.
 *
 * <p>Answers without a thread. No method blocks or throws; a stage that fails says that the store
 * could not be asked, and then nobody knows whether it has done what it was asked. So {@link #take}
 * and {@link #end} may be said again: each demand is taken at most once and ended at most once.
 * Decides nothing else: what becomes of calls while it is away is its user's business. Thread-safe.
 */
public interface QuotaStore extends AutoCloseable {

  /**
   * Takes what is demanded of all holders, or of none, in one step.
   *
   * @param demand fits each limit when nothing is used of it
   */
  CompletionStage<Answer> take(Demand demand);

  /**
   * Replaces what was taken by what was used; the first end of a demand counts. What was never
   * taken is added as used, over the limit as a debt.
   *
   * @param ticket what {@link Taken} brought, or null if nobody knows whether it was taken
   */
  CompletionStage<Ended> end(Demand demand, @Nullable Object ticket, Use use);

  /** Says that these run still, so that they keep their places among the calls at a time. */
  CompletionStage<?> renew(List<Demand> running);

  /** Whether it can be asked again: does what {@link #take} needs, for nobody. */
  CompletionStage<?> probe();

  /** How long a call keeps its place among the calls at a time without being renewed. */
  Duration lease();

  /** How long after its first time an end may be said again, and still counts once. */
  Duration repeatable();

  /** The largest limit that it counts exactly. */
  long largestLimit();

  /** Ends what it holds itself; a client that an application gave it stays open. */
  @Override
  void close();

  /**
   * Whose account it is.
   *
   * @param plan the name that refusals show; a route's is the route
   * @param tenant null but for users and tenants
   * @param user null but for users; empty for all calls that name nobody
   * @param limits those of one scope, all counted on one account
   */
  record Holder(
      Scope scope, String plan, @Nullable String tenant, @Nullable String user, Limits limits) {}

  /**
   * What a call asks for.
   *
   * @param id this demand's own, in the whole fleet
   * @param widest the widest scope that has limits in this application, in any call
   * @param holders in the order of their scopes, one of each at most
   * @param money billionths of a US dollar
   */
  record Demand(String id, Scope widest, List<Holder> holders, long tokens, long money) {

    public Demand {
      holders = List.copyOf(holders);
    }
  }

  /**
   * What a call used.
   *
   * @param request whether it counts as a request
   */
  record Use(long tokens, long money, boolean request) {

    static final Use NOTHING = new Use(0, 0, false);
  }

  /** What a store says to a demand. */
  sealed interface Answer {}

  /**
   * It is taken.
   *
   * @param ticket the store's own, to be given back to {@link #end}
   * @param reached shares of limits that are reached and were not told before
   * @param used what counts now against each limit, holder by holder
   */
  record Taken(Object ticket, List<Reached> reached, long[] used) implements Answer {}

  /**
   * A limit does not let it pass; the one that does so longest.
   *
   * @param holder which of the demand's
   * @param limit which of its limits
   * @param retryAfter until it fits if nothing else comes first
   */
  record Full(int holder, int limit, Duration retryAfter, long[] used) implements Answer {}

  /** It was ended already, or is now. */
  record Ended(List<Reached> reached, long[] used) {}

  /**
   * A limit of which more is used than was told before in this window.
   *
   * @param percent the share that was reached
   * @param used what counts now
   */
  record Reached(int holder, int limit, int percent, long used) {}
}
