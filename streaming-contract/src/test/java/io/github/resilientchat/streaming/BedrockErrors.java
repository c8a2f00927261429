package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Fault;
import java.util.List;

/** The errors of Bedrock, each with words that it says it with. */
final class BedrockErrors {

  /** An answer of the service in place of a completion. */
  record Answered(int status, String code, String message) {

    Fault fault() {
      return Fault.httpError(status, code, message);
    }

    @Override
    public String toString() {
      return status + " " + code + " | " + message;
    }
  }

  /** An exception in a stream that began with status 200. */
  record InStream(String type, String message) {

    Fault fault(int afterFrames) {
      return Fault.streamException(afterFrames, type, message);
    }

    @Override
    public String toString() {
      return type + " | " + message;
    }
  }

  /** Each line of the classifier's table has one, which {@code BedrockPageRowsTest} holds. */
  static final List<Answered> INSTEAD =
      List.of(
          new Answered(
              429, "ThrottlingException", "Too many requests, please wait before trying again."),
          new Answered(
              429, "ThrottlingException", "Too many tokens, please wait before trying again."),
          new Answered(
              429,
              "ThrottlingException",
              "Too many tokens per day, please wait before trying again."),
          new Answered(
              429, "ModelNotReadyException", "The model is not ready for inference requests."),
          new Answered(400, "ServiceQuotaExceededException", "Your account has reached its quota."),
          new Answered(
              503, "ServiceUnavailableException", "Bedrock is unable to process your request."),
          new Answered(
              503,
              "ServiceUnavailableException",
              "Too many connections, please wait before trying again."),
          new Answered(529, "overloaded_error", "Overloaded"),
          new Answered(529, "OverloadedException", "Overloaded"),
          new Answered(
              500,
              "InternalServerException",
              "The system encountered an unexpected error during processing. Try your request again."),
          new Answered(408, "ModelTimeoutException", "The model took too long."),
          new Answered(424, "ModelErrorException", "The model failed."),
          new Answered(
              424, "ModelStreamErrorException", "An error occurred while streaming the response."),
          new Answered(400, "ValidationException", "Input is too long for requested model."),
          new Answered(400, "ValidationException", "The provided model identifier is invalid."),
          new Answered(
              400,
              "ValidationException",
              "Invocation of model ID x with on-demand throughput isn\u2019t supported."),
          new Answered(
              400, "ValidationException", "This model version has reached the end of its life."),
          new Answered(400, "ValidationException", "Operation not allowed"),
          new Answered(400, "ValidationException", "This model doesn't support tool use."),
          new Answered(
              400, "ValidationException", "messages: text content blocks must be non-empty"),
          new Answered(
              403,
              "AccessDeniedException",
              "User: x is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/m with an explicit deny in a service control policy"),
          new Answered(
              403,
              "AccessDeniedException",
              "You don't have access to the model with the specified model ID."),
          new Answered(
              403,
              "AccessDeniedException",
              "You invoked an unsupported model or your request did not allow prompt caching."),
          new Answered(
              403,
              "AccessDeniedException",
              "Your account is not authorized to invoke this API operation."),
          new Answered(
              403,
              "MPAgreementBeingCreated",
              "Your AWS Marketplace subscription for this model is being processed."),
          new Answered(
              403,
              "AccessDeniedException",
              "The agreement with the provider of this model is not in force."),
          new Answered(403, "AccessDeniedException", "Your account is suspended."),
          new Answered(403, "OptInRequired", "You are not subscribed to this service."),
          new Answered(403, "AccountProblem", "There is a problem with your account."),
          new Answered(
              403,
              "AccessDeniedException",
              "The security token included in the request is expired"),
          new Answered(
              403,
              "ExpiredTokenException",
              "The security token included in the request is expired"),
          new Answered(
              403,
              "UnrecognizedClientException",
              "The security token included in the request is invalid."),
          new Answered(
              403,
              "InvalidClientTokenId",
              "The security token included in the request is invalid."),
          new Answered(
              400,
              "IncompleteSignature",
              "The request signature does not conform to AWS standards."),
          new Answered(
              403,
              "InvalidSignatureException",
              "The request signature we calculated does not match the signature you provided."),
          new Answered(
              403, "InvalidSignatureException", "Credential should be scoped to a valid region."),
          new Answered(
              404,
              "FTUFormNotFilled",
              "Model use case details have not been submitted for this account."),
          new Answered(404, "ResourceNotFoundException", "The model is not found."));

  /** All that its model of a stream has. */
  static final List<InStream> WITHIN =
      List.of(
          new InStream("throttlingException", "Too many tokens, please wait before trying again."),
          new InStream(
              "throttlingException", "Too many tokens per day, please wait before trying again."),
          new InStream("serviceUnavailableException", "Bedrock is unable to process your request."),
          new InStream(
              "internalServerException",
              "The system encountered an unexpected error during processing. Try your request again."),
          new InStream("modelStreamErrorException", "An error occurred while streaming."),
          new InStream("validationException", "Input is too long for requested model."),
          new InStream("validationException", "messages: text content blocks must be non-empty"));

  private BedrockErrors() {}
}
