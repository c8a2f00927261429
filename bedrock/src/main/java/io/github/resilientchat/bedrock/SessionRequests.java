package io.github.resilientchat.bedrock;

import io.github.resilientchat.bedrock.RoleSession.Given;
import io.github.resilientchat.core.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Asks the security token service for sessions of one role. */
record SessionRequests(TokenService service, AssumedRole role, InstantSource clock) {

  /** By the keys of the source; those that are refused are asked for anew, once. */
  Given assumed(AwsCredentialsProvider source) {
    if (!(source instanceof Refusable refusable)) {
      return assumed();
    }
    int generation = refusable.generation();
    try {
      return assumed();
    } catch (AwsServiceException e) {
      if (ServiceErrors.failureOf(e).kind() != FailureKind.UNAUTHENTICATED) {
        throw e;
      }
      refusable.refused(generation);
      return assumed();
    }
  }

  private Given assumed() {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(role.sessionName())
            .externalId(role.externalId())
            .durationSeconds(seconds());
    if (!role.tags().isEmpty()) {
      request.tags(
          role.tags().entrySet().stream()
              .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
              .toList());
    }
    return given(service.ask(sts -> sts.assumeRole(request.build()).credentials()));
  }

  /** By the token that a file holds now. */
  Given identified(Path file) {
    AssumeRoleWithWebIdentityRequest request =
        AssumeRoleWithWebIdentityRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(role.sessionName())
            .webIdentityToken(token(file))
            .durationSeconds(seconds())
            .build();
    return given(service.ask(sts -> sts.assumeRoleWithWebIdentity(request).credentials()));
  }

  private @Nullable Integer seconds() {
    return role.duration() == null ? null : (int) role.duration().toSeconds();
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token of the web identity in " + file, e);
    }
  }

  private Given given(Credentials credentials) {
    return new Given(
        AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()),
        clock.instant(),
        credentials.expiration());
  }
}
