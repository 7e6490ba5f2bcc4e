"""What a region loses when one maker stops: the shock runs down the chain from makers to those who need what they make.

A simplified Economic Systemic Risk Index. Diem et al. propagate along observed links between firms; here the links are
those the recipes imply between the makers and the users of each activity code, so the arrays run over m codes instead
of n² pairs. Kept are the generalised Leontief production (a missing essential input stops a maker, any other costs it
its part), the iteration to a fixed point, and the weight by how replaceable the lost supply is.

References
----------
Diem, C., Borsos, A., Reisch, T., Kertész, J., Thurner, S. (2022). Quantifying firm-level economic systemic risk from
nation-wide supply networks. *Scientific Reports* 12, 7719.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.ratio import ratio

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: An input of goods or energy is essential from this share of turnover on.
ESSENTIAL_SHARE = 0.01
#: The iteration ends when no level moves by more than this; where activities hang on each other levels fall slowly.
TOLERANCE = 1e-7
MAX_ROUNDS = 2000


@dataclass(frozen=True)
class LocalChain:
    """Who supplies whom in a region, by code.

    Attributes
    ----------
    recipe
        a[p, q], input p per rouble of turnover of activity q, shape (m, m).
    essential
        Which of these inputs an activity cannot do without, shape (m, m).
    made_by
        Roubles a year of code p made by firms of activity q, ``Σ_j Y[j, p] S[j, q]``, shape (m, m).
    supply, demand
        What all local firms make and need of each code, roubles a year, shape (m,).
    """

    recipe: Floats
    essential: Flags
    made_by: Floats
    supply: Floats
    demand: Floats


def essential_inputs(recipe: Floats, physical: Flags) -> Flags:
    """Return which inputs are essential: physical inputs of physical activities, from a hundredth of turnover on.

    As in Diem et al., services stop nobody and are stopped by nobody at once; they cost their part.
    """
    return np.asarray((recipe >= ESSENTIAL_SHARE) & physical[:, None] & physical[None, :])


def levels_without(chain: LocalChain, supply: Floats, mix: Floats, elsewhere: Floats) -> Floats:
    r"""Return at which level every activity goes on when makers stop, one of them at a time, shape (k, m).

    Parameters
    ----------
    supply
        What each of the k stopping makers supplies of each code, roubles a year, shape (k, m).
    mix
        Its activities as shares of its output, shape (k, m).
    elsewhere
        What the whole country supplies of each code, imports included, shape (m,): the smaller the lost part of it,
        the more of it is replaced. Zeros: nobody replaces anything.

    Notes
    -----
    With levels :math:`h_q` of the activities, all 1 before the shock, and the makers' own supply :math:`y_p`,

    .. math::
        s_p &= 1 - \frac{y_p + \sum_q (M_{pq} - y_p w_q)(1 - h_q)}{Y_p}, \qquad
        u_p = 1 - \min\!\left(1, \frac{Y_p}{D_p}\right) \sigma_p (1 - s_p), \\
        \sigma_p &= \min\!\left(1, \frac{Y_p (1 - s_p)}{N_p}\right), \qquad
        h_q = \min\!\left(\min_{p \in E_q} u_p,\; 1 - \frac{\sum_{p \notin E_q} a_{pq}(1 - u_p)}{\sum_p a_{pq}}\right),

    repeated to a fixed point, for each maker until its own levels stand still: :math:`s_p` is what is left of local
    supply, :math:`u_p` what users get of the input, :math:`N_p` the country's supply, :math:`E_q` the essential inputs
    of q. Levels only fall, so the iteration ends.

    Examples
    --------
    One maker of the only essential input, all of which is bought here, and nobody to replace it:

    >>> a = np.array([[0.0, 0.5], [0.0, 0.0]])
    >>> chain = LocalChain(a, a > 0, np.diag([5.0, 10.0]), np.array([5.0, 10.0]), np.array([5.0, 0.0]))
    >>> levels_without(chain, np.array([[5.0, 0.0]]), np.array([[1.0, 0.0]]), np.zeros(2)).tolist()
    [[1.0, 0.0]]

    Half of it is bought outside anyway:

    >>> half = LocalChain(a, a > 0, np.diag([5.0, 10.0]), np.array([5.0, 10.0]), np.array([10.0, 0.0]))
    >>> levels_without(half, np.array([[5.0, 0.0]]), np.array([[1.0, 0.0]]), np.zeros(2)).tolist()
    [[1.0, 0.5]]
    """
    made = ratio(chain.made_by, chain.supply[:, None]).T.copy()
    local = np.minimum(1.0, ratio(chain.supply, chain.demand))
    spread = ratio(np.where(chain.essential, 0.0, chain.recipe), chain.recipe.sum(axis=0))
    inputs = _Essential.of(chain.essential)
    result = np.ones_like(supply)
    falling = np.arange(len(supply))
    for _ in range(MAX_ROUNDS):
        own, levels = ratio(supply[falling], chain.supply), result[falling]
        down = 1.0 - levels
        lost = np.clip(own + down @ made - own * (mix[falling] * down).sum(axis=1, keepdims=True), 0.0, 1.0)
        kept = np.where(elsewhere > 0, ratio(chain.supply * lost, elsewhere), 1.0)
        short = local * np.minimum(1.0, kept) * lost
        result[falling] = np.minimum(levels, np.minimum(1.0 - inputs.worst(short), 1.0 - short @ spread))
        falling = falling[np.abs(levels - result[falling]).max(axis=1, initial=0.0) > TOLERANCE]
        if not len(falling):
            break
    return result


@dataclass(frozen=True, slots=True)
class _Essential:
    """The essential inputs of one activity after another: their codes, where each activity begins, and which it is."""

    codes: Ints
    firsts: Ints
    activities: Ints

    @classmethod
    def of(cls, essential: Flags) -> _Essential:
        """Return the inputs that a table tells to be essential."""
        activities, codes = np.nonzero(essential.T)
        firsts = np.flatnonzero(np.diff(activities, prepend=-1))
        return cls(codes, firsts, activities[firsts])

    def worst(self, short: Floats) -> Floats:
        """Return the largest shortage among the essential inputs of every activity, shape (k, m); 0 without any."""
        worst = np.zeros_like(short)
        if len(self.codes):
            worst[:, self.activities] = np.maximum.reduceat(short[:, self.codes], self.firsts, axis=1)
        return worst
