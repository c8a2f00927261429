package io.github.resilientchat.benchmarks.simulation;

import java.util.function.Predicate;

/**
 * A condition that some deployments are in for a while.
 *
 * @param from share of the run after which it begins
 * @param until share of the run after which it ends
 */
record Fault(Condition condition, Predicate<Deployment> where, double from, double until) {

  /** The deployment that fares worst in scenarios about one: the fastest with the largest quota. */
  static final Predicate<Deployment> FIRST = deployment -> deployment.index() == 0;

  /** As fast and as large, of another account and Region. */
  static final Predicate<Deployment> SECOND = deployment -> deployment.index() == 1;

  static Predicate<Deployment> region(String region) {
    return deployment -> deployment.region().equals(region);
  }

  static Predicate<Deployment> account(String account) {
    return deployment -> deployment.account().equals(account);
  }

  boolean covers(double from, double until) {
    return this.from <= from && until <= this.until;
  }
}
