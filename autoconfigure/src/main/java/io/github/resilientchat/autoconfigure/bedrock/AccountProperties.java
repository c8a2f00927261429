package io.github.resilientchat.autoconfigure.bedrock;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An AWS account: where its credentials come from. Nothing means the SDK's default chain.
 *
 * <p>Bound as a value of a map; the annotation is for the metadata, which tell its keys by it.
 *
 * @param profile Profile of the AWS configuration files; none when not set.
 * @param roleArn ARN of a role that is assumed, and assumed anew before its session expires; none
 *     when not set.
 * @param externalId External id that the role's trust policy asks for; none when not set.
 * @param sessionName Name of the role's sessions in the account's logs and bills; 'resilient-' and
 *     the account's name when not set.
 * @param sessionDuration How long the role's sessions last, from 15m to 12h; the service's hour
 *     when not set.
 * @param sessionTags Tags of the role's sessions, each written key=value; none when not set.
 * @param source Account whose credentials assume the role; the SDK's default chain when not set.
 * @param webIdentityTokenFile File with the token of a web identity that assumes the role in place
 *     of a source; none when not set.
 * @param accessKey Access key id, together with the secret key; none when not set.
 * @param secretKey Secret access key, a reference to the environment or to a secret store; none
 *     when not set.
 * @param sessionToken Session token of temporary keys; none when not set.
 * @param apiKey Bedrock API key, a reference to the environment or to a secret store; none when not
 *     set.
 * @param credentialsBean Name of a bean of type AwsCredentialsProvider. One of prototype scope is
 *     made anew, and a RenewableCredentialsProvider told, when its credentials are refused. None
 *     when not set.
 * @param endpoint Endpoint of the Bedrock runtime instead of the Regions' own, such as a VPC
 *     endpoint; '{region}' in it stands for the Region. The public endpoints when not set.
 * @param endpoints Endpoints of single Regions, by the Region without dashes, such as useast1; none
 *     when not set.
 * @param stsEndpoint Endpoint of the security token service that the role is asked of, instead of
 *     the Regions' own; '{region}' in it stands for the Region. The public endpoints when not set.
 * @param controlEndpoint Endpoint of Bedrock's control plane, which discovery asks, instead of the
 *     Regions' own; '{region}' in it stands for the Region. The public endpoints when not set.
 * @param fips Whether the FIPS endpoints are used; as the SDK finds when not set.
 * @param dualStack Whether the dual-stack endpoints are used; as the SDK finds when not set.
 * @param limits Limits of the account in each Region, all models together, such as 700mtpd; none
 *     when not set.
 */
@ConfigurationProperties("resilient.accounts.*")
record AccountProperties(
    @Nullable String profile,
    @Nullable String roleArn,
    @Nullable String externalId,
    @Nullable String sessionName,
    @Nullable Duration sessionDuration,
    @DefaultValue List<String> sessionTags,
    @Nullable String source,
    @Nullable String webIdentityTokenFile,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable String sessionToken,
    @Nullable String apiKey,
    @Nullable String credentialsBean,
    @Nullable String endpoint,
    @DefaultValue Map<String, String> endpoints,
    @Nullable String stsEndpoint,
    @Nullable String controlEndpoint,
    @Nullable Boolean fips,
    @Nullable Boolean dualStack,
    @DefaultValue List<String> limits) {

  static final AccountProperties DEFAULT_CHAIN =
      new AccountProperties(
          null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
          Map.of(), null, null, null, null, List.of());

  /** As it would be written in whole seconds. */
  @Nullable String sessionDurationText() {
    return sessionDuration == null ? null : sessionDuration.toSeconds() + "s";
  }

  boolean hasKeys() {
    return accessKey != null || secretKey != null || sessionToken != null;
  }

  boolean hasOwnEndpoint() {
    return endpoint != null || !endpoints.isEmpty();
  }

  /** Names the forms of the credentials, never their values. */
  @Override
  public String toString() {
    return "AccountProperties" + CredentialsForm.of(this);
  }
}
