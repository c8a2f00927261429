package io.github.resilientchat.benchmarks.redis;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.QuotaStore;
import io.github.resilientchat.core.quota.Scope;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the store. */
final class Demands {

  private Demands() {}

  /**
   * @param all all three scopes, or the user's alone
   */
  static QuotaStore.Demand of(String id, Caller caller, boolean all) {
    Limits limits = Limits.parse("1mrpm 1000mtpm");
    List<QuotaStore.Holder> holders = new ArrayList<>();
    holders.add(
        new QuotaStore.Holder(Scope.USER, "default", caller.tenant(), caller.user(), limits));
    if (all) {
      holders.add(new QuotaStore.Holder(Scope.TENANT, "tenant", caller.tenant(), null, limits));
      holders.add(new QuotaStore.Holder(Scope.ROUTE, "chat", null, null, limits));
    }
    return new QuotaStore.Demand(id, all ? Scope.ROUTE : Scope.USER, holders, 1_000, 0);
  }
}
