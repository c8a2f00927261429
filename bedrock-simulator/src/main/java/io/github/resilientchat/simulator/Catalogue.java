package io.github.resilientchat.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Resolves what a client sends as {@code modelId} to a model and its possible destinations. */
final class Catalogue {

  /** Output limit of a model registered by a test. */
  private static final int CUSTOM_MAX_TOKENS = 4096;

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:bedrock:([a-z0-9-]*):[^:]*:([a-z-]+)/(.+)");

  private final Map<String, Model> models = new ConcurrentHashMap<>();
  private final Map<String, Profile> profiles = new ConcurrentHashMap<>();
  private final Map<String, String> applicationProfiles = new ConcurrentHashMap<>();
  private final Map<String, Model> provisioned = new ConcurrentHashMap<>();
  private final Map<String, Lifecycle> lifecycles = new ConcurrentHashMap<>();

  Catalogue(CatalogueFile file) {
    file.models().forEach(model -> models.put(model.id(), model));
    file.profiles().forEach(profile -> profiles.put(profile.id(), profile));
  }

  Optional<Model> model(String id) {
    return Optional.ofNullable(models.get(id));
  }

  void lifecycle(String modelId, Lifecycle lifecycle) {
    if (!models.containsKey(modelId)) {
      throw new IllegalArgumentException("unknown model: '" + modelId + "'");
    }
    lifecycles.put(modelId, lifecycle);
  }

  Lifecycle lifecycle(String modelId) {
    return lifecycles.getOrDefault(modelId, Lifecycle.ACTIVE);
  }

  /** Every profile that can be called in a Region, in the order of their ids. */
  List<KnownProfile> profiles(String region, String accountId) {
    Stream<KnownProfile> system =
        profiles.values().stream()
            .filter(profile -> profile.destinations().containsKey(region))
            .map(
                profile ->
                    new KnownProfile(
                        profile.id(),
                        "arn:aws:bedrock:%s:%s:inference-profile/%s"
                            .formatted(region, accountId, profile.id()),
                        false,
                        modelArns(profile, region)));
    Stream<KnownProfile> application =
        applicationProfiles.entrySet().stream()
            .filter(made -> made.getKey().split(":", -1)[3].equals(region))
            .map(made -> application(made.getKey(), made.getValue(), region));
    return Stream.concat(system, application)
        .sorted(Comparator.comparing(KnownProfile::id))
        .toList();
  }

  private KnownProfile application(String arn, String origin, String region) {
    Profile profile = profiles.get(origin);
    List<String> arns =
        profile == null ? List.of(modelArn(region, origin)) : modelArns(profile, region);
    return new KnownProfile(arn.substring(arn.lastIndexOf('/') + 1), arn, true, arns);
  }

  private static List<String> modelArns(Profile profile, String region) {
    String model = profile.model().id();
    if (Profile.familyOf(profile.id()) == Family.GLOBAL) {
      return List.of(modelArn(region, model), modelArn("", model));
    }
    return profile.destinations().getOrDefault(region, List.of()).stream()
        .map(destination -> modelArn(destination, model))
        .toList();
  }

  private static String modelArn(String region, String model) {
    return "arn:aws:bedrock:" + region + "::foundation-model/" + model;
  }

  /** What leads back to what is known now. */
  Runnable asNow() {
    Map<String, Model> models = Map.copyOf(this.models);
    Map<String, String> profiles = Map.copyOf(applicationProfiles);
    Map<String, Lifecycle> ends = Map.copyOf(lifecycles);
    return () -> {
      restore(this.models, models);
      restore(applicationProfiles, profiles);
      restore(lifecycles, ends);
    };
  }

  /** Nothing that stays is missing meanwhile. */
  private static <V> void restore(Map<String, V> map, Map<String, V> known) {
    map.keySet().retainAll(known.keySet());
    map.putAll(known);
  }

  void register(String modelId) {
    models.put(modelId, new Model(modelId, 1, CUSTOM_MAX_TOKENS, true, Set.of()));
  }

  void registerApplicationProfile(String arn, String id) {
    if (!ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException("not the ARN of a Bedrock resource: '" + arn + "'");
    }
    if (!models.containsKey(id) && !profiles.containsKey(id)) {
      throw new IllegalArgumentException("unknown model or inference profile: '" + id + "'");
    }
    applicationProfiles.put(arn, id);
  }

  void registerProvisioned(String arn, String modelId) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches() || !parts.group(2).equals("provisioned-model")) {
      throw new IllegalArgumentException("not the ARN of provisioned throughput: '" + arn + "'");
    }
    Model model = models.get(modelId);
    if (model == null) {
      throw new IllegalArgumentException("unknown model: '" + modelId + "'");
    }
    provisioned.put(arn, model);
  }

  /** Throws {@link Refused} as Bedrock does when this id cannot be invoked in this Region. */
  Target resolve(String modelId, String region) {
    Matcher arn = ARN.matcher(modelId);
    return arn.matches() ? resolveArn(arn, region) : resolveId(modelId, region);
  }

  private Target resolveArn(Matcher arn, String region) {
    if (!arn.group(1).equals(region)) {
      throw new Refused(ApiError.invalidModel());
    }
    return switch (arn.group(2)) {
      case "foundation-model" -> onDemand(arn.group(3), region);
      case "inference-profile" -> profile(arn.group(3), region);
      case "application-inference-profile" -> applicationProfile(arn.group(), region);
      case "provisioned-model" -> provisioned(arn.group(), region);
      default -> throw new Refused(ApiError.invalidModel());
    };
  }

  private Target resolveId(String id, String region) {
    return profiles.containsKey(id) ? profile(id, region) : onDemand(id, region);
  }

  private Target applicationProfile(String arn, String region) {
    String id = applicationProfiles.get(arn);
    if (id == null) {
      throw new Refused(ApiError.invalidModel());
    }
    Model model = models.get(id);
    // An application profile copied from a base model makes even a profile-only model callable.
    return model == null ? profile(id, region) : Target.onDemand(model, region);
  }

  private Target provisioned(String arn, String region) {
    Model model = provisioned.get(arn);
    if (model == null) {
      throw new Refused(ApiError.invalidModel());
    }
    return Target.provisioned(arn, model, region);
  }

  private Target onDemand(String id, String region) {
    Model model = models.get(id);
    if (model == null) {
      throw new Refused(ApiError.invalidModel());
    }
    if (!model.onDemand()) {
      throw new Refused(ApiError.profileNeeded(id));
    }
    return Target.onDemand(model, region);
  }

  private Target profile(String id, String region) {
    Profile profile = profiles.get(id);
    List<String> destinations = profile == null ? null : profile.destinations().get(region);
    if (profile == null || destinations == null) {
      throw new Refused(ApiError.invalidModel());
    }
    return new Target(
        id, profile.model(), profile.model().id(), Profile.familyOf(id), destinations);
  }
}
