package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.InferenceProfiles;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What accounts told of their inference profiles in each Region of their targets. */
final class ToldProfiles {

  /** Where targets are: a Region of an account. */
  record Place(String account, String region) {

    static Place of(Target target) {
      return new Place(target.account(), target.region());
    }
  }

  /**
   * What one place told.
   *
   * @param profiles null where it does not tell
   * @param mute whether nobody answered there at all
   */
  record Told(@Nullable InferenceProfiles profiles, boolean mute) {

    /** Nobody answered. */
    static final Told NOTHING = new Told(null, true);

    /** Somebody answered, and does not tell. */
    static final Told REFUSED = new Told(null, false);
  }

  private final Map<Place, Told> all;

  ToldProfiles(Map<Place, Told> all) {
    this.all = Map.copyOf(all);
  }

  /** Those that there are where the target is; empty where that is not told. */
  Optional<InferenceProfiles> at(Target target) {
    return Optional.ofNullable(told(target).profiles());
  }

  /** The target's own; empty where it has none, or none that is known. */
  Optional<InferenceProfiles.Known> of(Target target) {
    return at(target).flatMap(profiles -> profiles.find(target.model()));
  }

  /** Whether nobody answers where the target is. */
  boolean isMute(Target target) {
    return told(target).mute();
  }

  private Told told(Target target) {
    return all.getOrDefault(Place.of(target), Told.NOTHING);
  }
}
