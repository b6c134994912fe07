"""Writes the golden values of every operator and of three training steps, as PyTorch computes them.

python operators.py ../resources/golden

Per case: NAME.input.N, NAME.output and, where a gradient flows, NAME.cotangent and NAME.grad.N:
the gradients of sum(output * cotangent). A case's name is its operator and, after a slash, the
variant; the lambda of the same name in OperatorsTest describes it.
"""

import sys
import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

golden = {}
random = np.random.default_rng(20250101)
INF = float("inf")


def t(*shape, least=-2.0, most=2.0):
    return torch.from_numpy(random.uniform(least, most, shape).astype(np.float32))


def positive(*shape):
    return t(*shape, least=0.2, most=3.0)


def ids(*shape, below):
    return torch.from_numpy(random.integers(0, below, shape))


def case(name, compute, *inputs, fixed=()):
    """fixed: the places of the inputs that are buffers, which have no gradient."""
    inputs = [i.clone() for i in inputs]
    for n, value in enumerate(inputs):
        assert f"{name}.input.{n}" not in golden
        golden[f"{name}.input.{n}"] = value.clone()
        value.requires_grad_(value.is_floating_point() and n not in fixed)
    output = compute(*inputs)
    golden[f"{name}.output"] = output.detach().clone().contiguous()
    if output.requires_grad:
        cotangent = t(*output.shape)
        golden[f"{name}.cotangent"] = cotangent
        (output * torch.where(torch.isinf(output), 0.0, cotangent)).sum().backward()
        for n, value in enumerate(inputs):
            if value.requires_grad:
                grad = torch.zeros_like(value) if value.grad is None else value.grad
                golden[f"{name}.grad.{n}"] = grad.contiguous()


def maps(channels=2):
    return t(2, channels, 5, 7)


# Convolutions
case("conv/plain", lambda x, w: F.conv2d(x, w, padding=1), maps(3), t(4, 3, 3, 3))
case("conv/bias-stride", lambda x, w, b: F.conv2d(x, w, b, 2, 1), maps(3), t(4, 3, 3, 3), t(4))
case("conv/dilation", lambda x, w: F.conv2d(x, w, None, 1, 3, 3), maps(3), t(2, 3, 3, 3))
case("conv/stride-dilation", lambda x, w: F.conv2d(x, w, None, 2, 2, 2), maps(3), t(2, 3, 3, 3))
case("conv/unpadded", lambda x, w: F.conv2d(x, w, None, 3), maps(3), t(2, 3, 3, 3))
case("conv/row", lambda x, w: F.conv2d(x, w, padding=(0, 2)), maps(3), t(2, 3, 1, 5))
case("conv/even", lambda x, w: F.conv2d(x, w, padding=(1, 2)), maps(3), t(2, 3, 2, 4))
case("conv/groups", lambda x, w, b: F.conv2d(x, w, b, 2, 1, groups=3),
     t(2, 6, 3, 5), t(9, 2, 3, 3), t(9))
case("conv/depthwise", lambda x, w: F.conv2d(x, w, None, 1, 2, 2, 6), t(2, 6, 3, 5), t(6, 1, 3, 3))
case("conv/computed",
     lambda x, w: F.conv2d(x.reshape(1, 6, 5, 3), w.sigmoid().reshape(6, 1, 3, 3), padding=1,
                           groups=6).reshape(2, 3, 5, 3), t(2, 3, 5, 3), t(2, 3, 3, 3))
case("conv_transpose/double", lambda x, w: F.conv_transpose2d(x, w, None, 2),
     t(2, 4, 3, 5), t(4, 3, 2, 2))
case("conv_transpose/bias", lambda x, w, b: F.conv_transpose2d(x, w, b, 2, 1),
     t(2, 4, 3, 5), t(4, 3, 3, 3), t(3))
case("conv_transpose/groups", lambda x, w, b: F.conv_transpose2d(x, w, b, 2, 1, 0, 2),
     t(2, 4, 3, 5), t(4, 3, 4, 4), t(6))
case("conv_transpose/dilation", lambda x, w: F.conv_transpose2d(x, w, None, 3, 2, dilation=2),
     t(2, 2, 3, 5), t(2, 3, 3, 3))

# Pooling and resampling
case("max_pool/stem", lambda x: F.max_pool2d(x, 3, 2, 1), maps())
case("max_pool/quarter", lambda x: F.max_pool2d(x, 2, 2), maps())
case("max_pool/dilation", lambda x: F.max_pool2d(x, 3, 1, 1, 2), maps())
case("max_pool/column", lambda x: F.max_pool2d(x, (5, 1), 1, (2, 0)), maps())
pool = dict(count_include_pad=False)
case("avg_pool/padded", lambda x: F.avg_pool2d(x, 3, 2, 1, **pool), maps())
case("avg_pool/ragged", lambda x: F.avg_pool2d(x, 2, 2, 0, True, **pool), maps())
case("avg_pool/ragged-padded", lambda x: F.avg_pool2d(x, 3, 2, 1, True, **pool), t(2, 2, 6, 8))
case("avg_pool/row", lambda x: F.avg_pool2d(x, (1, 5), 1, (0, 2), **pool), maps())
for size in (1, 2, 3, 6):
    case(f"adaptive_avg_pool/{size}", lambda x: F.adaptive_avg_pool2d(x, size), maps())
case("adaptive_avg_pool/row", lambda x: F.adaptive_avg_pool2d(x, (1, None)), maps())
case("adaptive_avg_pool/column", lambda x: F.adaptive_avg_pool2d(x, (None, 1)), maps())
case("adaptive_avg_pool/larger", lambda x: F.adaptive_avg_pool2d(x, (9, 15)), maps())
for aligned in (True, False):
    kind = "aligned" if aligned else "plain"
    for name, size in (("up", (9, 15)), ("down", (3, 4)), ("one", (1, 1)), ("same", (5, 7)),
                       ("mixed", (10, 3))):
        case(f"resize/{kind}-{name}", lambda x: F.interpolate(
            x, size, mode="bilinear", align_corners=aligned), maps())
case("resize/from-one", lambda x, y: F.interpolate(x, y.shape[2:], mode="bilinear"),
     t(2, 2, 1, 1), maps())
case("resize_nearest/up", lambda x: F.interpolate(x, (10, 15)), maps())
case("resize_nearest/down", lambda x: F.interpolate(x, (3, 4)), maps())
case("pixel_shuffle/2", lambda x: F.pixel_shuffle(x, 2), t(2, 8, 3, 5))
case("pixel_shuffle/3", lambda x: F.pixel_shuffle(x, 3), t(2, 9, 2, 3))
case("pad/sides", lambda x: F.pad(x, (1, 2, 3, 0)), maps())
case("pad/to-multiple", lambda x: F.pad(x, (0, 1, 1, 2)), maps())
case("pad/crop", lambda x: F.pad(x, (-1, 0, 2, -3)), maps())

# Normalisation
vectors = (positive(2), t(2), t(2), positive(2))
case("batch_norm/inference", lambda x, w, b, m, v: F.batch_norm(x, m, v, w, b, eps=1e-5),
     maps(), *vectors, fixed=(3, 4))
case("batch_norm/training", lambda x, w, b, m, v: F.batch_norm(x, m, v, w, b, True, eps=1e-3),
     maps(), *vectors, fixed=(3, 4))
case("batch_norm/codes", lambda x, w, b, m, v: F.batch_norm(x, m, v, w, b, True),
     t(4, 2, 5), *vectors, fixed=(3, 4))
for groups in (1, 2, 6):
    case(f"group_norm/{groups}", lambda x, w, b: F.group_norm(x, groups, w, b, 1e-5),
         t(2, 6, 3, 5), t(6), t(6))
case("layer_norm/last", lambda x, w, b: F.layer_norm(x, (7,), w, b, 1e-6),
     t(2, 5, 7), t(7), t(7))
case("layer_norm/map", lambda x, w, b: F.layer_norm(x, (3, 1, 1), w, b, 1e-5),
     t(2, 3, 1, 1), t(3, 1, 1), t(3, 1, 1))

# Element by element
case("relu/plain", torch.relu, maps())
case("sigmoid/plain", torch.sigmoid, maps())
case("tanh/plain", torch.tanh, maps())
case("exp/plain", torch.exp, maps())
case("exp/integer", torch.exp, ids(2, 3, below=5))
case("log/plain", torch.log, positive(2, 3, 5))
case("sqrt/plain", torch.sqrt, positive(2, 3, 5))
case("rsqrt/plain", torch.rsqrt, positive(2, 3, 5))
case("abs/plain", torch.abs, maps())
case("dropout/inference", lambda x: x * 1, maps())
case("channel_dropout/inference", lambda x: x * 1, maps())
for name, op in (("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div)):
    case(f"{name}/maps", op, maps(), positive(2, 2, 5, 7))
    case(f"{name}/channel-vector", op, maps(), positive(2, 1, 1))
    case(f"{name}/outer", op, t(2, 2, 5, 1), positive(2, 2, 1, 7))
    case(f"{name}/number", lambda x: op(x, 2.5), maps())
    case(f"{name}/integers", op, ids(2, 5, below=9), ids(2, 5, below=9) + 1)
    case(f"{name}/integer-number", lambda x: op(x, 2), ids(2, 5, below=9))
    case(f"{name}/integer-fraction", lambda x: op(x, 0.5), ids(2, 5, below=9))
    case(f"{name}/integer-float", op, ids(2, 5, below=9), positive(2, 5))
case("add/twice", lambda x: x + x, maps())
case("maximum/maps", torch.maximum, maps(), maps())
case("maximum/number", lambda x, y: torch.maximum(x, y), maps(), t(1))
case("at_least/number", lambda x: x.clamp_min(0.25), maps())
case("at_least/integer", lambda x: x.clamp_min(3), ids(2, 5, below=9))
case("equal/ids", torch.eq, ids(2, 5, 7, below=3), ids(2, 5, 7, below=3))
case("equal/outer", torch.eq, ids(2, 5, 1, below=3), ids(2, 1, 5, below=3))
case("greater/number", lambda x: x > 0.5, maps())
case("greater/integer", lambda x: x > 2, ids(2, 5, below=9))
case("not/truth", lambda x: ~(x > 0), maps())
case("not/float", torch.logical_not, ids(2, 5, below=3).float())
case("masked_fill/number", lambda x: x.masked_fill(x > 1, -3.5), maps())
case("masked_fill/infinite", lambda x, y: x.masked_fill(y > 0, -INF), maps(), t(5, 7))
case("masked_fill/softmax", lambda x: F.softmax(
    x.masked_fill(torch.eye(5, dtype=torch.bool), -INF), -1), t(2, 5, 5))
case("masked_fill/integer", lambda x, two: x.masked_fill(x == two, 255),
     ids(2, 5, 7, below=4), torch.tensor([2]))
case("cast/bfloat16", lambda x: x.bfloat16().float() * 2, maps())
case("as_float/integer", lambda x: x.float(), ids(2, 5, below=9))
case("as_float/truth", lambda x: (x > 0).float() * x, maps())
case("detach/half", lambda x: x * x.detach(), maps())
case("contiguous/channels-last", lambda x: x * 1, maps())

# Products, softmax, reductions
case("matmul/matrices", torch.matmul, t(5, 7), t(7, 3))
case("matmul/batch", torch.matmul, t(2, 5, 7), t(2, 7, 3))
case("matmul/heads", torch.matmul, t(2, 3, 5, 4), t(2, 3, 4, 3))
for name, equation, *shapes in (
        ("gather", "bchw,bkhw->bck", (2, 3, 5, 3), (2, 4, 5, 3)),
        ("affinity", "bnc,bmc->bnm", (2, 5, 3), (2, 7, 3)),
        ("transpose", "bchw->bhwc", (2, 3, 5, 7)),
        ("outer", "i,j->ij", (5,), (7,)),
        ("sum", "bchw->bc", (2, 3, 5, 7)),
        ("three", "bnc,bmc,bm->bn", (2, 5, 3), (2, 7, 3), (2, 7)),
        ("rows", "bchw,bciw->bwhi", (2, 3, 5, 7), (2, 3, 5, 7))):
    case(f"einsum/{name}", lambda *x: torch.einsum(equation, *x), *(t(*s) for s in shapes))
for axis in (1, 2, -1):
    case(f"softmax/{axis}", lambda x: F.softmax(x, axis), maps())
    case(f"log_softmax/{axis}", lambda x: F.log_softmax(x, axis), maps())
for name, op in (("mean", torch.mean), ("sum", torch.sum), ("max", torch.amax)):
    case(f"{name}/pixels", lambda x: op(x, (2, 3), keepdim=True), maps())
    case(f"{name}/channels", lambda x: op(x, 1, keepdim=True), maps())
    case(f"{name}/ties", lambda x: op(x.clamp_min(0), (0, -1), keepdim=True), maps())
case("sum/truth", lambda x: (x > 0).sum((2, 3), keepdim=True), maps())
case("max/integer", lambda x: torch.amax(x, 1, True), ids(2, 5, below=9))
case("argmax/channels", lambda x: x.argmax(1, True), maps(4))
case("argmax/last", lambda x: x.argmax(-1, True), maps())

# Shape
case("reshape/pixels", lambda x: x.reshape(2, 2, 35), maps())
case("reshape/groups", lambda x: x.reshape(4, 5, 1, 7), maps())
case("permute/last", lambda x: x.permute(0, 2, 3, 1), maps())
case("permute/negative", lambda x: x.permute(0, 3, 2, 1), maps())
case("permute/pixels", lambda x: x.permute(0, 2, 3, 1).reshape(2, 35, 2), maps())
case("expand/batch", lambda x, y: x.expand(2, 4, 5) * y[:, :, :1, 0], t(1, 4, 5), t(2, 4, 3, 3))
case("expand/map", lambda x, y: x.expand_as(y) + y, t(2, 2, 1, 1), maps())
case("slice/channels", lambda x: x[:, 1:3], maps(4))
case("slice/half", lambda x: x[..., 3:7], maps())
case("slice/rows", lambda x: x[:, :, 2:5], maps())
case("concat/channels", lambda x, y, z: torch.cat([x, y, z], 1), maps(), t(2, 1, 5, 7), maps())
case("concat/width", lambda x, y: torch.cat([x, y], 3), maps(), t(2, 2, 5, 1))
case("concat/last", lambda x, y: torch.cat([y, x], -2), maps(), t(2, 2, 2, 7))
case("concat/twice", lambda x: torch.cat([x, x], 0), maps())
case("concat/one", lambda x: torch.cat([x]) * 2, maps())
case("concat/integers", lambda x, y: torch.cat([x, y], 1), ids(2, 5, below=9), ids(2, 2, below=9))
case("raw/expression", lambda x, y: torch.tril(x) + torch.cumsum(y, 1), t(5, 5), t(5, 5))
case("raw/one-hot", lambda x: F.one_hot(x[:, 0], 4).permute(0, 3, 1, 2) > 0,
     ids(2, 1, 3, 5, below=4))
case("raw/diagonal", lambda x: torch.eye(7, dtype=torch.bool), maps())

# Losses
def cross_entropy(x, labels):
    total = F.cross_entropy(x, labels, ignore_index=255, reduction="sum")
    return total / (labels != 255).sum().clamp_min(1)  # 0 and not NaN where all are ignored


labels = ids(2, 5, 7, below=3)
case("cross_entropy/plain", F.cross_entropy, maps(3), labels)
labels[:, 2:5] = 255
case("cross_entropy/ignored", lambda x, y: F.cross_entropy(x, y, ignore_index=255), maps(3), labels)
case("cross_entropy/all-ignored", cross_entropy, maps(3), labels * 0 + 255)
case("binary_cross_entropy/plain", F.binary_cross_entropy_with_logits, maps(),
     t(2, 2, 5, 7, least=0, most=1))

save_file({k: v.contiguous() for k, v in golden.items()}, sys.argv[1] + "/operators.safetensors")


# Three steps of training: convolution, batch normalisation, ReLU, convolution, cross-entropy
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 5, 3, 2, 1, bias=False)
        self.bn = torch.nn.BatchNorm2d(5)
        self.conv_seg = torch.nn.Conv2d(5, 4, 1)

    def forward(self, x):
        return self.conv_seg(torch.relu(self.bn(self.conv(x))))


torch.manual_seed(0)
net = Net()
steps = {"before." + k: v.clone() for k, v in net.state_dict().items()}
optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=5e-4)
for step, rate in enumerate((0.1, 0.05, 0.025)):
    images, labels = t(2, 3, 9, 11), ids(2, 5, 6, below=4)
    labels[:, 0] = 255
    for group in optimizer.param_groups:
        group["lr"] = rate
    loss = F.cross_entropy(net(images), labels, ignore_index=255)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    steps |= {f"image.{step}": images, f"labels.{step}": labels, f"loss.{step}": loss.detach(),
              f"rate.{step}": torch.tensor(rate)}
    steps |= {f"after.{step}." + k: v.clone() for k, v in net.state_dict().items()}
save_file(steps, sys.argv[1] + "/steps.safetensors")
