package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes targets of what was read of them, and gives them what they share with others. */
final class TargetMaker {

  private final QuotaShares shares;
  private final Map<String, String> attributes;

  /**
   * @param attributes of every target
   */
  TargetMaker(QuotaShares shares, Map<String, String> attributes) {
    this.shares = shares;
    this.attributes = attributes;
  }

  QuotaShares shares() {
    return shares;
  }

  Target of(
      String name,
      Model model,
      String region,
      String account,
      @Nullable Integer weight,
      Limits limits) {
    return Target.builder(name)
        .model(model.id())
        .foundationModel(model.foundationModel())
        .region(region)
        .account(account)
        .weight(weight == null ? 1 : weight)
        .limits(limits)
        .traits(model.traits())
        .attributes(attributes)
        .quotaKey(shares.key(model.id(), region, account))
        .quotaAccount(shares.idOf(account))
        .build();
  }

  /** Another provider's: nothing is known of it but its name. */
  Target ofBean(TargetText written) {
    return Target.builder(written.ref())
        .weight(written.weight() == null ? 1 : written.weight())
        .limits(written.limits())
        .attributes(attributes)
        .build();
  }

  /** As a route uses it: every named target is read by now, and with it what they share. */
  Target renamed(Target target, String name, int weight, Limits limits) {
    return Target.builder(name)
        .model(target.model())
        .foundationModel(target.foundationModel())
        .region(target.region())
        .account(target.account())
        .weight(weight)
        .limits(limits)
        .traits(target.traits())
        .attributes(target.attributes())
        .quotaKey(target.quotaKey())
        .quotaAccount(target.quotaAccount())
        .shared(shares.of(target.quotaKey(), target.region(), target.account()))
        .build();
  }

  /** One whose limits are those of its quota, and nobody else's besides. */
  static Target drawingOnItsQuota(Target target) {
    return target.toBuilder()
        .limitsKey(target.quotaKey())
        .shared(
            target.shared().stream()
                .filter(shared -> !shared.key().equals(target.quotaKey()))
                .toList())
        .build();
  }
}
