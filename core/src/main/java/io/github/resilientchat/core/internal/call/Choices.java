package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.internal.choice.Candidates;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.internal.gate.TargetGates;
import org.jspecify.annotations.Nullable;

/**
 * Makes the choices that a call asks for: under no lock, since strategies, breakers and gates are
 * foreign. Each comes back to the call as a signal; what it entered is given back if the call does
 * not want it any more.
 */
final class Choices {

  private Choices() {}

  /**
   * @param alone whether nobody else knows of the call yet
   */
  static Verdict make(RoutedCall call, Search search, boolean alone, long now) {
    Try next = new Try(call);
    Chosen chosen = among(call, search, next, now);
    boolean nobody = chosen.target() == null;
    double chance = nobody ? call.chance() : 0;
    Verdict verdict =
        alone
            ? call.chosen(search, next, chosen, chance, now)
            : call.chosenTogether(search, next, chosen, chance, now);
    if (verdict == next) {
      return verdict;
    }
    Effects.happen(call, null, null, call.closes(), now);
    if (!nobody && !(verdict instanceof Try)) {
      TargetGates.leave(next, Ending.NOT_USED, false, null, false, 0, now);
    }
    return verdict;
  }

  private static Chosen among(RoutedCall call, Search search, Try next, long now) {
    Candidates left = call.candidates();
    @Nullable Try attempt = search.failed();
    Choice choice = call.route().choice();
    if (search.kind() == Search.Kind.ANY || attempt == null) {
      return choice.any(call.call(), left, call.remaining(now), search.wellOnly(), next, now);
    }
    return search.isForTheSame()
        ? choice.only(attempt.bound(), call.call(), next, now)
        : choice.beside(attempt.bound(), call.call(), left, call.remaining(now), next, now);
  }
}
