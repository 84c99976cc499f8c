package dev.splitreason.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.server.error.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void answers_at_once_are_given_back() {
    var allowance = new Allowance(2, null, nanos::get);

    Allowance.Share one = allowance.take(2);
    assertThatThrownBy(() -> allowance.take(1)).hasMessageContaining("2 answers at once");
    one.close();

    assertThat(allowance.take(1)).isNotNull();
  }

  @Test
  void who_has_spent_more_than_a_minutes_tokens_waits_until_they_have_come_back() {
    var allowance = new Allowance(null, 60, nanos::get);
    allowance.take(1).close();
    allowance.spend(90);

    assertThatThrownBy(() -> allowance.take(1))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY);
              assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(31));
            });
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThat(allowance.take(1)).isNotNull();
  }
}
