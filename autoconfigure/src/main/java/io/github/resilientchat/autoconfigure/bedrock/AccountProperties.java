package io.github.resilientchat.autoconfigure.bedrock;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An AWS account: where its credentials come from. Nothing means the SDK's default chain.
 *
 * @param profile Profile of the AWS configuration files.
 * @param accessKey Access key id, together with the secret key.
 * @param secretKey Secret access key; a reference to the environment or to a secret store.
 * @param sessionToken Session token of temporary keys.
 * @param endpoint Endpoint of the Bedrock runtime instead of the Regions' own, such as a VPC
 *     endpoint; '{region}' in it stands for the Region.
 * @param endpoints Endpoints of single Regions, by the Region without dashes, such as useast1.
 */
record AccountProperties(
    @Nullable String profile,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable String sessionToken,
    @Nullable String endpoint,
    @DefaultValue Map<String, String> endpoints) {

  static final AccountProperties DEFAULT_CHAIN =
      new AccountProperties(null, null, null, null, null, Map.of());

  boolean hasKeys() {
    return accessKey != null || secretKey != null || sessionToken != null;
  }

  /** Names the form of the credentials, never their values. */
  @Override
  public String toString() {
    String form = profile != null ? "profile " + profile : hasKeys() ? "keys" : "default chain";
    return "AccountProperties[" + form + "]";
  }
}
