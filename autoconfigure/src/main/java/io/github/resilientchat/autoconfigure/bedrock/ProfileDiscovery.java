package io.github.resilientchat.autoconfigure.bedrock;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * Asks the control plane about every target before the first call. What it does not tell, for want
 * of permission or of a connection, is warned of and taken as it is written.
 */
final class ProfileDiscovery {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileDiscovery.class);

  private static final String KEY = "resilient.discovery.profiles";
  private static final Duration NEAR = Duration.ofDays(90);
  private static final int THREADS = 16;

  private final ControlPlane control;
  private final BedrockAccounts accounts;
  private final InstantSource clock;

  ProfileDiscovery(ControlPlane control, BedrockAccounts accounts, InstantSource clock) {
    this.control = control;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Where targets are: a Region of an account. */
  private record Place(String account, String region) {

    static Place of(Target target) {
      return new Place(target.account(), target.region());
    }
  }

  /**
   * Checks all routes.
   *
   * @throws io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException with every
   *     target that cannot be
   */
  void check(ConfiguredRoutes routes) {
    List<Target> targets = targets(routes);
    Problems problems = new Problems();
    check(routes, targets, ask(targets, this::profiles), problems);
    problems.report();
    targets.stream()
        .collect(
            Collectors.toMap(
                Target::foundationModel, each -> each, (one, two) -> one, TreeMap::new))
        .values()
        .forEach(this::warnOfTheEnd);
  }

  /**
   * Checks routes that are to take the place of those that were checked. Where all that they name
   * is known, nobody is asked.
   *
   * @param problems gets every target that cannot be
   */
  void checkAgain(ConfiguredRoutes routes, Problems problems) {
    // Of an account that was not there at the start, its clients tell.
    List<Target> targets =
        targets(routes).stream()
            .filter(target -> accounts.byName().containsKey(target.account()))
            .toList();
    check(routes, targets, ask(targets, place -> profiles(place, targets)), problems);
  }

  private static List<Target> targets(ConfiguredRoutes routes) {
    return routes.all().stream()
        .flatMap(route -> route.targets().stream())
        .filter(target -> !ProviderBeans.isMeant(target))
        .distinct()
        .toList();
  }

  private static void check(
      ConfiguredRoutes routes,
      List<Target> targets,
      Map<Place, Optional<InferenceProfiles>> known,
      Problems problems) {
    for (Target target : targets) {
      known
          .getOrDefault(Place.of(target), Optional.empty())
          .ifPresent(profiles -> requireProfile(target, profiles, problems));
    }
    routes.all().forEach(route -> requireResidency(route, routes, known, problems));
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

  private Map<Place, Optional<InferenceProfiles>> ask(
      List<Target> targets, Function<Place, Optional<InferenceProfiles>> question) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Map<Place, CompletableFuture<Optional<InferenceProfiles>>> asked =
          targets.stream()
              .map(Place::of)
              .distinct()
              .collect(
                  Collectors.toMap(
                      place -> place,
                      place ->
                          CompletableFuture.supplyAsync(() -> question.apply(place), threads)));
      return asked.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().join()));
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<InferenceProfiles> profiles(Place place) {
    return told(place, control::profiles);
  }

  /** As remembered, but for a profile that was not there then. */
  private Optional<InferenceProfiles> profiles(Place place, List<Target> targets) {
    Optional<InferenceProfiles> before = profiles(place);
    boolean all =
        before.stream()
            .allMatch(
                known ->
                    targets.stream()
                        .filter(target -> Place.of(target).equals(place))
                        .allMatch(target -> isThere(target, known)));
    return all ? before : told(place, control::profilesNow);
  }

  private Optional<InferenceProfiles> told(
      Place place, BiFunction<BedrockAccount, Region, InferenceProfiles> question) {
    try {
      BedrockAccount account = accounts.account(place.account());
      return Optional.of(question.apply(account, Region.of(place.region())));
    } catch (SdkException e) {
      LOG.warn(
          "account {} does not tell its inference profiles in {}; targets there are taken as"
              + " written: {}",
          place.account(),
          place.region(),
          e.getMessage());
      return Optional.empty();
    }
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
      Route route,
      ConfiguredRoutes routes,
      Map<Place, Optional<InferenceProfiles>> known,
      Problems problems) {
    List<String> parts = routes.residency(route.name());
    if (parts.isEmpty()) {
      return;
    }
    Residency residency = Residency.of(parts);
    for (Target target : route.targets()) {
      if (ProviderBeans.isMeant(target)) {
        continue;
      }
      Optional<InferenceProfiles.Known> profile =
          known
              .getOrDefault(Place.of(target), Optional.empty())
              .flatMap(all -> all.find(target.model()));
      profile
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

  private void warnOfTheEnd(Target target) {
    try {
      BedrockAccount account = accounts.account(target.account());
      Instant soon = clock.instant().plus(NEAR);
      control
          .endOfLife(account, Region.of(target.region()), target.foundationModel())
          .filter(end -> end.isBefore(soon))
          .ifPresent(
              end ->
                  LOG.warn(
                      "the model {} ends on {}, and targets such as {} with it",
                      target.foundationModel(),
                      end,
                      target.name()));
    } catch (SdkException e) {
      LOG.debug("when {} ends is not told", target.foundationModel(), e);
    }
  }
}
