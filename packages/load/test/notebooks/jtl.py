"""What notebooks do with a JTL of JMeter 5: python3 jtl.py FILE"""

import sys

import pandas as pd

rows = pd.read_csv(sys.argv[1])
rows["time"] = pd.to_datetime(rows["timeStamp"], unit="ms")
by_label = rows.groupby("label").agg(
    samples=("elapsed", "size"),
    average=("elapsed", "mean"),
    p99=("elapsed", lambda elapsed: elapsed.quantile(0.99)),
    errors=("success", lambda success: 1 - success.mean()),
)
assert by_label["samples"].sum() == len(rows)
per_second = rows.set_index("time").sort_index().resample("1s")["elapsed"].agg(["size", "median"])
assert per_second["size"].sum() == len(rows)
assert (rows["Latency"] <= rows["elapsed"]).all()
failed = rows[~rows["success"]]
assert failed["failureMessage"].notna().all()

print([(name, str(kind)) for name, kind in rows.drop(columns="time").dtypes.items()])
print(by_label.round(3).to_dict("index"))
print(per_second["size"].tolist())
