package dev.splitreason.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.server.error.Refusal;
import org.junit.jupiter.api.Test;

class AnswerQueueTest {

  @Test
  void so_many_wait_and_the_next_is_turned_away() throws InterruptedException {
    var queue = new AnswerQueue(1, 1);
    try (AnswerQueue.Ticket first = queue.admit(1);
        AnswerQueue.Slot _ = first.await();
        AnswerQueue.Ticket _ = queue.admit(1)) {
      assertThat(queue.running()).isEqualTo(1);
      assertThat(queue.waiting()).isEqualTo(1);
      assertThatThrownBy(() -> queue.admit(1))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }
    assertThat(queue.admit(2)).isNotNull();
  }

  @Test
  void more_than_can_ever_be_let_in_is_not_asked_to_come_again() {
    assertThatThrownBy(() -> new AnswerQueue(1, 1).admit(3))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
  }

  @Test
  void where_memory_has_room_for_fewer_the_others_wait() throws InterruptedException {
    var queue = new AnswerQueue(4, 0);
    queue.narrowTo(1);
    try (AnswerQueue.Ticket ticket = queue.admit(2);
        AnswerQueue.Slot _ = ticket.await()) {
      assertThat(queue.running()).isEqualTo(1);
      assertThat(queue.waiting()).isEqualTo(1);
    }
  }
}
