package io.github.resilientchat.bedrock;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Finds out what a profile needs beside itself before it can give credentials. The SDK finds out at
 * the first call.
 */
final class ProfileModules {

  /** Modules of the SDK that a profile can need, and the class by which the SDK finds each. */
  private enum Module {
    STS("sts", "software.amazon.awssdk.services.sts.StsClient"),
    SSO("sso", "software.amazon.awssdk.services.sso.SsoClient"),
    SSO_OIDC("ssooidc", "software.amazon.awssdk.services.ssooidc.SsoOidcClient"),
    SIGN_IN("signin", "software.amazon.awssdk.services.signin.SigninClient");

    private final String artifact;
    private final String witness;

    Module(String artifact, String witness) {
      this.artifact = artifact;
      this.witness = witness;
    }

    private boolean isMissing() {
      try {
        Class.forName(witness, false, Module.class.getClassLoader());
        return false;
      } catch (ClassNotFoundException | LinkageError e) {
        return true;
      }
    }
  }

  private final ProfileFile file;

  ProfileModules(ProfileFile file) {
    this.file = file;
  }

  /**
   * Why this profile, or one that it leads to, cannot give credentials; a sentence with the fix.
   */
  Optional<String> objection(String name) {
    Set<String> seen = new LinkedHashSet<>();
    String next = name;
    while (seen.add(next)) {
      Optional<Profile> found = file.profile(next);
      if (found.isEmpty()) {
        return Optional.of(
            "the profile '%s' names the source profile '%s', which does not exist"
                .formatted(name, next));
      }
      Optional<Module> missing = needs(found.get()).filter(Module::isMissing).findFirst();
      if (missing.isPresent()) {
        return Optional.of(
            "the profile '%s' needs a module of the AWS SDK: add the dependency software.amazon.awssdk:%s"
                .formatted(next, missing.get().artifact));
      }
      Optional<String> source = found.get().property("source_profile");
      // A profile that names itself has keys of its own.
      if (source.isEmpty() || source.get().equals(next)) {
        return Optional.empty();
      }
      next = source.get();
    }
    return Optional.of(
        "the source profiles of '%s' go round in a circle: %s".formatted(name, seen));
  }

  private static Stream<Module> needs(Profile profile) {
    if (has(profile, "sso_session")) {
      return Stream.of(Module.SSO, Module.SSO_OIDC);
    }
    if (has(profile, "sso_start_url")) {
      return Stream.of(Module.SSO);
    }
    if (has(profile, "login_session")) {
      return Stream.of(Module.SIGN_IN);
    }
    return has(profile, "role_arn") ? Stream.of(Module.STS) : Stream.empty();
  }

  private static boolean has(Profile profile, String key) {
    return profile.property(key).isPresent();
  }
}
