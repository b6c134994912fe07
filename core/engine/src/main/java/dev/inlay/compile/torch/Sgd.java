package dev.inlay.compile.torch;

import dev.inlay.Check;

/**
 * Stochastic gradient descent with momentum, as PyTorch computes it: v = momentum v + (g + decay
 * w), w = w - rate v.
 *
 * @param momentum the share of the former step that is kept
 * @param weightDecay the factor of the weights that is added to their gradients
 */
public record Sgd(double momentum, double weightDecay) {

  public Sgd {
    Check.between("momentum", momentum, 0, 1);
    Check.notNegative("weightDecay", weightDecay);
  }

  /** Lines that move {@code w} by the gradients {@code g}, keeping the velocity in {@code m}. */
  String source() {
    return """
        rate_ = torch.FloatImplicit(rate)
        torch._foreach_add_(g, w, alpha=%s)
        torch._foreach_mul_(m, %s)
        torch._foreach_add_(m, g)
        torch._foreach_add_(w, m, alpha=torch.neg(rate_))
        """
        .formatted(weightDecay, momentum);
  }
}
