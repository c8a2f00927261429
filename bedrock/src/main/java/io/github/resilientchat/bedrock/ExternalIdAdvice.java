package io.github.resilientchat.bedrock;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that a role of another account is assumed without an external id, by which others could
 * have it assumed for them (the confused deputy of the IAM User Guide).
 */
final class ExternalIdAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ExternalIdAdvice.class);

  private final String account;
  private final AssumedRole role;
  private final AtomicBoolean settled;

  ExternalIdAdvice(String account, AssumedRole role) {
    this.account = account;
    this.role = role;
    this.settled = new AtomicBoolean(role.externalId() != null);
  }

  /** Whether it is still to be found out; true once. */
  boolean isDue() {
    return !settled.getAndSet(true);
  }

  /** The source belongs to this account. */
  void sourceIsOf(String accountId) {
    if (!accountId.equals(role.accountId())) {
      LOG.warn(
          "account {}: the role {} belongs to another AWS account than its source ({}) and is"
              + " assumed without an external id; set resilient.accounts.{}.external-id and require"
              + " it in the role's trust policy",
          account,
          role.arn(),
          accountId,
          account);
    }
  }

  /** Finds out; who the source is may be nobody's to know. */
  void ask(Supplier<String> accountId) {
    try {
      sourceIsOf(accountId.get());
    } catch (RuntimeException unknown) {
      LOG.debug("account {}: the account of its source is unknown", account, unknown);
    }
  }
}
