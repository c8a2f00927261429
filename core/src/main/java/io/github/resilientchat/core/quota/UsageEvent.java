package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost its caller. Told once for each call that was let in, when it is over; such a
 * call may have used nothing. Holds no prompt and no answer.
 *
 * @param at when the call was let in
 * @param day that day, in the quotas' zone
 * @param plan the plan whose limits of a user held it; null when none did
 * @param charges what its attempts used
 * @param reserved what its caller's token limits held for it while it ran
 * @param tokens what its caller's token limits were charged
 * @param nanoUsd billionths of a US dollar; 0 where prices are unknown
 * @param estimated whether any of it is an estimate
 */
public record UsageEvent(
    Instant at,
    LocalDate day,
    Caller caller,
    String route,
    @Nullable String plan,
    List<Charge> charges,
    long reserved,
    long tokens,
    long nanoUsd,
    boolean estimated) {

  public UsageEvent {
    charges = List.copyOf(charges);
  }
}
