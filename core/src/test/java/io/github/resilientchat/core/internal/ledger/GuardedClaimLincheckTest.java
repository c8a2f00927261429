package io.github.resilientchat.core.internal.ledger;

/** The same where one account is in every claim, and guards the others. */
public class GuardedClaimLincheckTest extends ClaimLincheckTest {

  public GuardedClaimLincheckTest() {
    guard();
  }
}
