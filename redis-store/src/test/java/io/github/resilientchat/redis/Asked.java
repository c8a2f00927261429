package io.github.resilientchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Reservation;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls as tests make them; waits for answers as a driver does. */
final class Asked {

  private Asked() {}

  static ModelCall call(Caller caller, long tokens) {
    return ModelCall.blocking(caller, new TokenEstimate(tokens, 0));
  }

  static ModelCall call(String user) {
    return call(Caller.user(user), 1);
  }

  static Admission admit(CallerQuotas quotas, ModelCall call) {
    return answer(quotas.admit(call));
  }

  static Admission answer(Admission admission) {
    Admission said = admission;
    while (said instanceof Admission.Asked asked) {
      CountDownLatch here = new CountDownLatch(1);
      asked.question().onAnswer(here::countDown);
      try {
        assertThat(here.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      said = Objects.requireNonNull(asked.question().answer());
    }
    return said;
  }

  static Reservation granted(Admission admission) {
    Admission said = answer(admission);
    assertThat(said).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) said).reservation();
  }

  static String refusal(Admission admission) {
    Admission said = answer(admission);
    assertThat(said).isInstanceOf(Admission.Full.class);
    Admission.Full full = (Admission.Full) said;
    return full.scope() + " " + full.plan() + " " + full.limit();
  }
}
