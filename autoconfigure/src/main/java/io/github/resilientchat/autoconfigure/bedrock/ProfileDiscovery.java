package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.bedrock.ToldProfiles.Place;
import io.github.resilientchat.autoconfigure.bedrock.ToldProfiles.Told;
import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.ControlPlane;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.bedrock.InferenceProfiles;
import io.github.resilientchat.bedrock.Residency;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.regions.Region;

/**
 * Asks the control plane about every target before the first call. What it does not tell, for want
 * of permission or of a connection, is warned of and taken as it is written.
 */
final class ProfileDiscovery {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileDiscovery.class);

  private static final String KEY = "resilient.discovery.profiles";

  /** Long enough for hundreds of accounts that tell. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ControlPlane control;
  private final BedrockAccounts accounts;
  private final ControlEndpoints endpoints;
  private final EndsOfModels ends;

  ProfileDiscovery(
      ControlPlane control,
      BedrockAccounts accounts,
      ControlEndpoints endpoints,
      InstantSource clock) {
    this.control = control;
    this.accounts = accounts;
    this.endpoints = endpoints;
    this.ends = new EndsOfModels(control, accounts, clock);
  }

  /**
   * Checks where it would be asked about routes; asks nobody.
   *
   * @throws InvalidConfigurationException with every endpoint of another Region
   */
  void checkEndpoints(ConfiguredRoutes routes) {
    Problems problems = new Problems();
    endpoints.check(routes, problems);
    problems.report();
  }

  /**
   * Checks all routes.
   *
   * @throws InvalidConfigurationException with every target that cannot be
   */
  void check(ConfiguredRoutes routes) {
    checkEndpoints(routes);
    List<Target> targets = targets(routes);
    ToldProfiles told = ask(targets, this::profiles);
    Problems problems = new Problems();
    check(routes, targets, told, problems);
    problems.report();
    ends.warn(targets, told);
  }

  /**
   * Checks routes that are to take the place of those that were checked. Where all that they name
   * is known, nobody is asked.
   *
   * @param problems gets every target that cannot be
   */
  void checkAgain(ConfiguredRoutes routes, Problems problems) {
    endpoints.check(routes, problems);
    if (problems.isEmpty()) {
      // Of an account that was not there at the start, its clients tell.
      List<Target> targets =
          targets(routes).stream()
              .filter(target -> accounts.byName().containsKey(target.account()))
              .toList();
      check(routes, targets, ask(targets, place -> profiles(place, targets)), problems);
    }
  }

  private static List<Target> targets(ConfiguredRoutes routes) {
    return routes.all().stream()
        .flatMap(route -> route.targets().stream())
        .filter(target -> !ProviderBeans.isMeant(target))
        .distinct()
        .toList();
  }

  private static void check(
      ConfiguredRoutes routes, List<Target> targets, ToldProfiles told, Problems problems) {
    for (Target target : targets) {
      told.at(target).ifPresent(profiles -> requireProfile(target, profiles, problems));
    }
    routes.all().forEach(route -> requireResidency(route, routes, told, problems));
  }

  /** The same on a thread of its own: what is wrong is warned of, and stops nothing. */
  void warnLater(ConfiguredRoutes routes) {
    Thread asking =
        new Thread(
            () -> {
              try {
                check(routes);
              } catch (InvalidConfigurationException e) {
                LOG.warn("{}", e.getMessage());
              } catch (RuntimeException e) {
                LOG.debug("the control plane was not asked", e);
              }
            },
            "resilient-discovery");
    asking.setDaemon(true);
    asking.start();
  }

  private static ToldProfiles ask(List<Target> targets, Function<Place, Told> question) {
    List<Place> places = targets.stream().map(Place::of).distinct().toList();
    Map<Place, Told> told = AskedTogether.ask(places, question, PATIENCE);
    places.stream()
        .filter(place -> !told.containsKey(place))
        .forEach(place -> warn(place, "no answer in time"));
    return new ToldProfiles(told);
  }

  private Told profiles(Place place) {
    return ask(place, control::profiles);
  }

  /** As remembered, but for a profile that was not there then. */
  private Told profiles(Place place, List<Target> targets) {
    Told before = profiles(place);
    InferenceProfiles known = before.profiles();
    boolean all =
        known == null
            || targets.stream()
                .filter(target -> Place.of(target).equals(place))
                .allMatch(target -> isThere(target, known));
    return all ? before : ask(place, control::profilesNow);
  }

  private Told ask(Place place, BiFunction<BedrockAccount, Region, InferenceProfiles> question) {
    try {
      BedrockAccount account = accounts.account(place.account());
      return new Told(question.apply(account, Region.of(place.region())), false);
    } catch (SdkException e) {
      warn(place, String.valueOf(e.getMessage()));
      return e instanceof SdkServiceException ? Told.REFUSED : Told.NOTHING;
    }
  }

  private static void warn(Place place, String why) {
    LOG.warn(
        "account {} does not tell its inference profiles in {}; targets there are taken as"
            + " written: {}",
        place.account(),
        place.region(),
        why);
  }

  private static void requireProfile(Target target, InferenceProfiles profiles, Problems problems) {
    if (isThere(target, profiles)) {
      return;
    }
    List<String> names =
        profiles.of(target.foundationModel()).stream().map(InferenceProfiles.Known::id).toList();
    problems.add(
        KEY,
        "start",
        "the account %s has no inference profile %s in %s, which the target %s names"
            .formatted(target.account(), target.model(), target.region(), target.name()),
        names.isEmpty()
            ? Nearest.hint(
                target.model(), profiles.all().stream().map(InferenceProfiles.Known::id).toList())
            : "of this model there are " + String.join(", ", names));
  }

  private static boolean isThere(Target target, InferenceProfiles profiles) {
    return !FoundationModels.isProfile(target.model())
        || profiles.find(target.model()).isPresent()
        || profiles.find(FoundationModels.idOf(target.model())).isPresent();
  }

  private static void requireResidency(
      Route route, ConfiguredRoutes routes, ToldProfiles told, Problems problems) {
    List<String> parts = routes.residency(route.name());
    if (parts.isEmpty()) {
      return;
    }
    Residency residency = Residency.of(parts);
    for (Target target : route.targets()) {
      if (ProviderBeans.isMeant(target)) {
        continue;
      }
      told.of(target)
          .map(residency::objection)
          .orElseGet(() -> residency.objection(target.model(), target.region()))
          .ifPresent(
              objection ->
                  problems.add(
                      "resilient.routes." + route.name() + ".residency",
                      residency.toString(),
                      "route '%s' has the target %s, and %s"
                          .formatted(route.name(), target.name(), objection),
                      "name a profile of that geography, or leave the target out"));
    }
  }
}
