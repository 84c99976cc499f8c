package dev.splitreason.engine.contract;

import org.junit.jupiter.api.Timeout;

/**
 * What every {@link dev.splitreason.core.model.Session} promises. An engine's tests implement this
 * with models of {@value ModelUnderTest#CONTEXT} tokens of context; a promise that rests on a
 * {@link Capability} is skipped where the model lacks it. An engine that allows so many sessions
 * and no more has a {@link SessionLimitContract} besides.
 */
@Timeout(120)
public interface SessionContract
    extends SequenceContract,
        ScoringContract,
        SamplingContract,
        EndContract,
        ClosingContract,
        ConcurrencyContract {}
