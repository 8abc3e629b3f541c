"""M/M/1 at rho .9 in SimPy, one process a customer: python mm1_simpy.py CUSTOMERS SEED."""

import json
import random
import sys
import time

import simpy

ARRIVALS_PER_S, SERVED_PER_S = 90.0, 100.0


def source(env, server, customers, chance, sojourns):
    for _ in range(customers):
        yield env.timeout(chance.expovariate(ARRIVALS_PER_S))
        env.process(customer(env, server, chance, sojourns))


def customer(env, server, chance, sojourns):
    start = env.now
    with server.request() as core:
        yield core
        yield env.timeout(chance.expovariate(SERVED_PER_S))
    sojourns.append(env.now - start)


def main(customers, seed):
    env = simpy.Environment()
    sojourns = []
    env.process(source(env, simpy.Resource(env, capacity=1), customers, random.Random(seed), sojourns))
    started = time.perf_counter()
    env.run()
    seconds = time.perf_counter() - started
    print(json.dumps({"requests": customers, "seconds": seconds, "mean_sojourn_s": sum(sojourns) / len(sojourns)}))


main(int(sys.argv[1]), int(sys.argv[2]))
