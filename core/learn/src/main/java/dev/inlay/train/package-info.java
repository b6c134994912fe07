/**
 * Training: {@link dev.inlay.train.Trainer} is the loop, {@link dev.inlay.train.Stepper} takes its
 * steps, {@link dev.inlay.train.State} holds everything that steps change, a {@link
 * dev.inlay.train.Hook} observes the loop, and {@link dev.inlay.train.TrainingPlan} holds the
 * settings.
 */
@NullMarked
package dev.inlay.train;

import org.jspecify.annotations.NullMarked;
