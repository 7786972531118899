"""Draws of the latent-class model: tempered Hamiltonian steps and exchanges of class labels, compiled.

One chain is a ladder of copies at rising heat (the likelihood to the power 1 ... 0.05). Each copy moves by
Hamiltonian steps of random length; neighbours exchange their places (even and odd pairs by turns: Okabe et al.,
Chem. Phys. Lett. 335, 2001; Syed et al., JRSS B 84(2), 2022), so that the copy at power 1 visits every mode the hot
ones find. Labels of two classes are exchanged at no cost, since only the prior of the stick knows their order
(Papaspiliopoulos, Roberts, Biometrika 95(1), 2008). Step lengths and the ladder are tuned in the warm-up only
(Hoffman, Gelman, JMLR 15, 2014), which is thrown away.

The R package redraws the number unseen until it is at most 20 times the number seen. That is a bound in the
posterior, kept here exactly: each step draws that number anew and is refused where it is larger.
"""
from __future__ import annotations

import math

import numba as nb
import numpy as np

from bearwitness.reason.unseen.density import CLASSES, A, B, Floats, Ints, density

BOUND = 20.0      # unseen at most so many times the seen, as in LCMCR 0.4.14
TARGET = 0.8      # share of steps taken that the step length is tuned to
TRAVEL = 2.5      # longest way of one Hamiltonian step, in units of the coordinates
STEPS = 100       # at most so many leaps a step
LOST = -1000.0    # log density lost at which a leap has gone astray
FLOOR = 0.02      # least difference between neighbours of the ladder, in refusals


@nb.njit(cache=True)
def _exchange_labels(x: Floats, lists: int, many: int, share: Floats) -> bool:
    """Offers to exchange two classes, with their weights; the likelihood is the same. True when done.

    The prior of the weights is proportional to prod_{k=2..K} 1/R_k * (B - log pi_K)^-(A + K - 1), where R_k is what is
    left of the stick before piece k.
    """
    first = lists * many
    i = np.random.randint(0, many - 1)
    j = np.random.randint(i + 1, many)
    left = 1.0
    for k in range(many - 1):
        share[k] = -math.expm1(-math.exp(x[first + k])) * left
        left -= share[k]
    share[many - 1] = left
    if left <= 1e-14 or share[i] <= 1e-14 or share[j] <= 1e-14:
        return False
    log_ratio, before, after = 0.0, 0.0, 0.0
    for k in range(many - 1, i, -1):     # from the end, so that small remainders keep their digits
        before += share[k]
        after += share[i] if k == j else share[k]
        if k <= j:
            log_ratio += math.log(before) - math.log(after)
    if j == many - 1:
        log_ratio -= (A + many - 1.0) * (math.log(B - math.log(share[i])) - math.log(B - math.log(share[j])))
    if math.log(np.random.random()) >= log_ratio:
        return False
    share[i], share[j] = share[j], share[i]
    rest = share[many - 1]
    for k in range(many - 2, -1, -1):
        x[first + k] = math.log(math.log1p(share[k] / rest))
        rest += share[k]
    for a in range(lists):
        x[a * many + i], x[a * many + j] = x[a * many + j], x[a * many + i]
    return True


@nb.njit(cache=True)
def _unseen(none: float, n: float) -> float:
    """Draws the number on no list, given the chance of it: negative binomial, as gamma and Poisson. -1: over the bound."""
    if not none < 1.0:
        return -1.0
    rate = np.random.gamma(n) * none / (1.0 - none)
    if rate > 2.0 * BOUND * n:
        return -1.0
    drawn = float(np.random.poisson(rate))
    return drawn if drawn <= BOUND * n else -1.0


@nb.njit(cache=True)
def _leaps(x: Floats, slope: Floats, push: Floats, state: Floats, length: float, many: int, heat: float,
           tree: tuple[Ints, Ints, Floats], room: tuple[Floats, Floats, Floats, Floats]) -> bool:
    """Moves x, slope, push and state = (log density, log L, p_0) along `many` leaps; False when astray."""
    began = state[0]
    n = state[3]
    for _ in range(many):
        for d in range(x.shape[0]):
            push[d] += 0.5 * length * slope[d]
            x[d] += length * push[d]
        state[0], state[1], state[2] = density(x, slope, heat, tree[0], tree[1], tree[2], n,
                                               room[0], room[1], room[2], room[3])
        if not state[0] - began > LOST:
            return False
        for d in range(x.shape[0]):
            push[d] += 0.5 * length * slope[d]
    return True


@nb.njit(cache=True)
def _move(x: Floats, slope: Floats, state: Floats, length: float, heat: float, tree: tuple[Ints, Ints, Floats],
          room: tuple[Floats, Floats, Floats, Floats], trial: tuple[Floats, Floats, Floats, Floats]) -> float:
    """One Hamiltonian step of one copy, taken or not; returns the chance it had. state[4] is the number unseen."""
    at, rise, push, new = trial
    energy = 0.0
    for d in range(x.shape[0]):
        push[d] = np.random.normal()
        energy += 0.5 * push[d] * push[d]
        at[d], rise[d] = x[d], slope[d]
    new[:] = state
    longest = min(STEPS, max(3, int(TRAVEL / length)))
    if not _leaps(at, rise, push, new, length, np.random.randint(1, longest + 1), heat, tree, room):
        return 0.0
    for d in range(x.shape[0]):
        energy -= 0.5 * push[d] * push[d]
    chance = math.exp(min(0.0, new[0] - state[0] + energy))
    new[4] = _unseen(new[2], state[3])
    if not chance > 0.0 or new[4] < 0.0:
        return 0.0
    if np.random.random() < chance:
        x[:], slope[:], state[:] = at, rise, new
    return chance


@nb.njit(cache=True)
def _tune(t: int, turn: int, chance: float, tuning: Floats, lengths: Floats, last: bool) -> None:
    """Dual averaging of one step length. tuning: [copies, 2] = mean shortfall, averaged log length."""
    tuning[t, 0] += (TARGET - chance - tuning[t, 0]) / (turn + 11.0)
    log_length = math.log(0.3) - math.sqrt(turn + 1.0) / 0.05 * tuning[t, 0]
    weight = (turn + 1.0) ** -0.75
    tuning[t, 1] = weight * log_length + (1.0 - weight) * tuning[t, 1]
    lengths[t] = math.exp(tuning[t, 1] if last else max(log_length, -9.0))


@nb.njit(cache=True)
def _space(heats: Floats, refused: Floats, offers: float) -> None:
    """Moves the inner rungs so that every exchange is refused equally often."""
    copies = heats.shape[0]
    barrier = np.zeros(copies)
    for t in range(copies - 1):
        barrier[t + 1] = barrier[t] + refused[t] / offers + FLOOR
    old = np.log(heats)
    for t in range(1, copies - 1):
        goal = barrier[copies - 1] * t / (copies - 1)
        u = 0
        while barrier[u + 1] < goal:
            u += 1
        part = (goal - barrier[u]) / (barrier[u + 1] - barrier[u])
        heats[t] = math.exp(old[u] + part * (old[u + 1] - old[u]))


@nb.njit(cache=True)
def ladder(x: Floats, heats: Floats, lengths: Floats, tree: tuple[Ints, Ints, Floats], lists: int,
           warm: int, draws: int, seed: int) -> tuple[Floats, Floats, Floats]:
    """Runs one chain on from the places in x; x, heats and lengths are left as they end, so that it can go on.

    x: [copies, K*J + K-1]. heats, lengths: [copies]. tree: parent, bit, count of the rows. lists: J.
    warm: steps that tune and are thrown away (0: heats and lengths stay). seed: of the generator.
    Returns (number unseen [draws], chance of being unseen [draws], share of exchanges taken [copies - 1]).
    """
    np.random.seed(seed)
    copies, size = x.shape
    many = CLASSES
    room = (np.empty((tree[0].shape[0], many)), np.empty((lists, many)), np.empty((lists, many)), np.empty((2, many)))
    trial = (np.empty(size), np.empty(size), np.empty(size), np.empty(5))
    slopes, states, tuning = np.empty((copies, size)), np.zeros((copies, 5)), np.zeros((copies, 2))
    refused, share = np.zeros(copies - 1), np.empty(many)
    unseen, none = np.empty(draws), np.empty(draws)
    for t in range(copies):
        states[t, 3] = tree[2].sum()
        _look(x[t], slopes[t], states[t], heats[t], tree, room)
        states[t, 4] = -1.0
        while states[t, 4] < 0.0:
            states[t, 4] = _unseen(states[t, 2], states[t, 3])
    for turn in range(warm + draws):
        for t in range(copies):
            for _ in range(many):
                if _exchange_labels(x[t], lists, many, share):
                    states[t, 0] = math.nan
            if math.isnan(states[t, 0]):
                _look(x[t], slopes[t], states[t], heats[t], tree, room)
            chance = _move(x[t], slopes[t], states[t], lengths[t], heats[t], tree, room, trial)
            if turn < warm:
                _tune(t, turn, chance, tuning, lengths, turn == warm - 1)
        _exchange_places(turn % 2, x, states, slopes, heats, refused, tree, room)
        if turn < warm and (turn + 1) % 200 == 0 and turn + 1 < warm:
            _space(heats, refused, 100.0)
            refused[:] = 0.0
            for t in range(copies):
                _look(x[t], slopes[t], states[t], heats[t], tree, room)
        if turn + 1 == warm:
            refused[:] = 0.0
        if turn >= warm:
            unseen[turn - warm], none[turn - warm] = states[0, 4], states[0, 2]
    return unseen, none, 1.0 - refused / max(1.0, draws / 2.0)


@nb.njit(cache=True)
def _look(x: Floats, slope: Floats, state: Floats, heat: float, tree: tuple[Ints, Ints, Floats],
          room: tuple[Floats, Floats, Floats, Floats]) -> None:
    """Density, likelihood and slope where one copy stands."""
    state[0], state[1], state[2] = density(x, slope, heat, tree[0], tree[1], tree[2], state[3],
                                           room[0], room[1], room[2], room[3])


@nb.njit(cache=True)
def _exchange_places(first: int, x: Floats, states: Floats, slopes: Floats, heats: Floats, refused: Floats,
                     tree: tuple[Ints, Ints, Floats], room: tuple[Floats, Floats, Floats, Floats]) -> None:
    """Neighbours on the ladder exchange places where their likelihoods allow it."""
    for t in range(first, heats.shape[0] - 1, 2):
        log_ratio = (heats[t] - heats[t + 1]) * (states[t + 1, 1] - states[t, 1])
        chance = math.exp(min(0.0, log_ratio))
        refused[t] += 1.0 - chance
        if np.random.random() < chance:
            for d in range(x.shape[1]):
                x[t, d], x[t + 1, d] = x[t + 1, d], x[t, d]
            states[t, 4], states[t + 1, 4] = states[t + 1, 4], states[t, 4]
            for u in (t, t + 1):
                _look(x[u], slopes[u], states[u], heats[u], tree, room)
