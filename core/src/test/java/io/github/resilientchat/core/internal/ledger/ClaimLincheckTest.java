package io.github.resilientchat.core.internal.ledger;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Claims on several accounts, from many threads, behave as if they came one after the other. */
@Param(name = "user", gen = IntGen.class, conf = "0:1")
@Param(name = "which", gen = IntGen.class, conf = "0:2")
@Param(name = "tokens", gen = IntGen.class, conf = "0:400")
public class ClaimLincheckTest {

  private final VirtualClock clock = new VirtualClock();
  private final Calendar calendar = new Calendar(clock, clock, ZoneOffset.UTC);
  private final Sheet user = sheet(4, 700);
  private final Account[] users = {new Account(user), new Account(user)};
  private final Account tenant = new Account(sheet(6, 1_000));
  private final Account application = new Account(sheet(7, 1_100));
  private final List<Claim> open = new ArrayList<>();

  public ClaimLincheckTest() {
    for (int which = 0; which < 3; which++) {
      Claim claim = claim(which % 2, 200);
      claim.take(null);
      open.add(claim);
    }
  }

  /** The application's lock is that of all accounts. */
  final void guard() {
    user.guardedBy(application);
    tenant.sheet().guardedBy(application);
    application.sheet().guardedBy(application);
  }

  private static Sheet sheet(long requests, long tokens) {
    return Sheet.builder()
        .sliding(Counted.REQUESTS, requests, Duration.ofMinutes(1).toNanos())
        .sliding(Counted.TOKENS, tokens, Duration.ofMinutes(1).toNanos())
        .calendar(Counted.TOKENS, tokens, Period.DAY)
        .slots(5)
        .build();
  }

  private Claim claim(int user, int tokens) {
    return new Claim(new Account[] {users[user], tenant, application}, tokens, 0, calendar.now());
  }

  @Operation
  public String take(@Param(name = "user") int user, @Param(name = "tokens") int tokens) {
    return String.valueOf(claim(user, tokens).take(null));
  }

  @Operation
  public boolean settle(@Param(name = "which") int which, @Param(name = "tokens") int tokens) {
    return open.get(which).end(tokens, 0, false);
  }

  @Operation
  public boolean giveBack(@Param(name = "which") int which) {
    return open.get(which).end(0, 0, true);
  }

  @Operation
  public long usedByTheTenant() {
    return tenant.used(1, calendar.now());
  }

  @Operation
  public long running() {
    return application.running();
  }

  @Test
  void claimsAreLinearizable() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
