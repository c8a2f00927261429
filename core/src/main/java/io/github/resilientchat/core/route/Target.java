package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place that can answer: a model (or inference profile) in a source Region of an account.
 * Targets that share them share failure domains. Outside Bedrock, Region and account may stay
 * empty; targets of unknown account share none.
 *
 * <p>The name is unique in an engine and is what reports, logs and metrics show. Two targets may
 * name the same place, each with limits of its own; they share the place's breaker and cool-downs.
 *
 * <p>Defaults of {@link #builder}: model = name, foundation model = model, empty Region and
 * account, weight 1, no limits, unknown context window (0), every capability, output burndown 1, no
 * attributes, a quota of the place's own in an account of its own, nothing shared.
 *
 * @param model what a request is sent to: a model, or one of the inference profiles in front of it.
 *     Quotas, cool-downs and breakers are this one's, because each profile has its own
 * @param foundationModel the model that answers in the end, whichever profile leads to it. Targets
 *     that share it can read each other's signed reasoning; they share nothing else
 * @param limits what the service grants
 * @param limitsKey what has the limits: the target itself by its name, or something that others
 *     have a part in, too; they then share one account
 * @param quotaKey the provider's quota that it draws on; targets that name one rest together when
 *     it is used up
 * @param quotaAccount what the provider counts as one account, whatever it is called here: two
 *     roles in one have credentials of their own, and one day
 * @param shared limits of other keys that it draws on besides
 */
public record Target(
    String name,
    String model,
    String foundationModel,
    String region,
    String account,
    int weight,
    Limits limits,
    Traits traits,
    Map<String, String> attributes,
    String limitsKey,
    String quotaKey,
    String quotaAccount,
    List<SharedLimits> shared) {

  /**
   * What the engine knows of a target's model.
   *
   * @param contextWindow tokens, or 0 when unknown
   * @param capabilities what it can do, or null for everything
   * @param outputBurndown tokens of quota that one token of output takes
   * @param prices what tokens cost, or null when unknown
   */
  public record Traits(
      long contextWindow,
      @Nullable Set<Capability> capabilities,
      int outputBurndown,
      @Nullable Prices prices) {

    public static final Traits UNKNOWN = new Traits(0, null, 1);

    /** Traits of a model whose prices are unknown. */
    public Traits(long contextWindow, @Nullable Set<Capability> capabilities, int outputBurndown) {
      this(contextWindow, capabilities, outputBurndown, null);
    }

    /** US dollars for the estimated tokens; infinite when prices are unknown. */
    public double priceOf(TokenEstimate estimate) {
      return prices == null ? Double.POSITIVE_INFINITY : prices.of(estimate);
    }

    public Traits {
      capabilities = capabilities == null ? null : Set.copyOf(capabilities);
      if (outputBurndown < 1) {
        throw new IllegalArgumentException("output burndown must be at least 1: " + outputBurndown);
      }
    }
  }

  public Target {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a target needs a name");
    }
    if (weight < 1) {
      throw new IllegalArgumentException(
          "weight of target " + name + " must be positive: " + weight);
    }
    requireGranted(name, limits);
    shared = List.copyOf(shared);
    for (SharedLimits each : shared) {
      requireGranted(name, each.limits());
    }
    attributes = Map.copyOf(attributes);
  }

  private static void requireGranted(String name, Limits limits) {
    for (Limit limit : limits.all()) {
      if (limit.amount() == 0 || limit.unit().measure() == Limit.Measure.MONEY) {
        throw new IllegalArgumentException(
            "target "
                + name
                + " cannot have the limit "
                + limit
                + ": limits of targets are what"
                + " the service grants, at least 1, in requests, tokens or calls at a time");
      }
    }
  }

  /** A target known by its name alone. */
  public static Target named(String name) {
    return builder(name).build();
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** A builder of a target that is as this one. */
  public Builder toBuilder() {
    return builder(name)
        .model(model)
        .foundationModel(foundationModel)
        .region(region)
        .account(account)
        .weight(weight)
        .limits(limits)
        .traits(traits)
        .attributes(attributes)
        .limitsKey(limitsKey)
        .quotaKey(quotaKey)
        .quotaAccount(quotaAccount)
        .shared(shared);
  }

  /** The place, shared by every target that names it: {@code model@region/account}. */
  public String place() {
    return placeOf(model, region, account);
  }

  private static String placeOf(String model, String region, String account) {
    return model + "@" + region + "/" + account;
  }

  /** The key under which targets share this domain; of {@link FailureDomain#NONE} nothing's. */
  public String keyIn(FailureDomain domain) {
    return switch (domain) {
      case NONE -> "";
      case TARGET -> "target " + place();
      case QUOTA_KEY -> "quota " + quotaKey;
      case REGION_MODEL -> "model " + model + "@" + region;
      case ACCOUNT_REGION -> accountKey(quotaAccount) + "@" + region;
      case ACCOUNT -> accountKey(account);
      case QUOTA_ACCOUNT -> "quotas of " + accountKey(quotaAccount);
    };
  }

  private String accountKey(String called) {
    return called.isEmpty() ? "account of " + name : "account " + called;
  }

  /** The same target with another weight. */
  public Target withWeight(int value) {
    return toBuilder().weight(value).build();
  }

  /** Whether this target can do all that is asked. */
  public boolean can(Set<Capability> needs) {
    return traits.capabilities() == null || traits.capabilities().containsAll(needs);
  }

  /** The name's: it tells targets apart, and lookups are on the path of every call. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Builds a target; see {@link Target} for the defaults. */
  public static final class Builder {
    private final String name;
    private String model;
    private @Nullable String foundationModel;
    private String region = "";
    private String account = "";
    private int weight = 1;
    private Limits limits = Limits.NONE;
    private Traits traits = Traits.UNKNOWN;
    private Map<String, String> attributes = Map.of();
    private @Nullable String limitsKey;
    private @Nullable String quotaKey;
    private @Nullable String quotaAccount;
    private List<SharedLimits> shared = List.of();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name);
      this.model = name;
    }

    public Builder model(String value) {
      model = value;
      return this;
    }

    /** The model behind an inference profile. */
    public Builder foundationModel(String value) {
      foundationModel = value;
      return this;
    }

    public Builder region(String value) {
      region = value;
      return this;
    }

    public Builder account(String value) {
      account = value;
      return this;
    }

    /** Share of calls beside other targets of the tier, for strategies that use weights. */
    public Builder weight(int value) {
      weight = value;
      return this;
    }

    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    public Builder traits(Traits value) {
      traits = value;
      return this;
    }

    /** Facts that are only passed on to reports and response metadata. */
    public Builder attributes(Map<String, String> value) {
      attributes = value;
      return this;
    }

    /** What has the limits, if not this target alone. */
    public Builder limitsKey(String value) {
      limitsKey = value;
      return this;
    }

    /** The provider's quota that the target draws on, which other places may draw on, too. */
    public Builder quotaKey(String value) {
      quotaKey = value;
      return this;
    }

    /** What the provider counts as one account, where others are known by other names. */
    public Builder quotaAccount(String value) {
      quotaAccount = value;
      return this;
    }

    /** Limits that the target draws on together with all that name their keys. */
    public Builder shared(List<SharedLimits> value) {
      shared = value;
      return this;
    }

    public Target build() {
      String foundation = foundationModel == null ? model : foundationModel;
      String quota = quotaKey == null ? placeOf(model, region, account) : quotaKey;
      return new Target(
          name,
          model,
          foundation,
          region,
          account,
          weight,
          limits,
          traits,
          attributes,
          limitsKey == null ? name : limitsKey,
          quota,
          quotaAccount == null ? account : quotaAccount,
          shared);
    }
  }
}
