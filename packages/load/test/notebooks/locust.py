"""What notebooks do with the files of `locust --csv PREFIX --csv-full-history`: python3 locust.py PREFIX"""

import sys

import pandas as pd

prefix = sys.argv[1]
stats = pd.read_csv(f"{prefix}_stats.csv")
history = pd.read_csv(f"{prefix}_stats_history.csv")
failures = pd.read_csv(f"{prefix}_failures.csv")
exceptions = pd.read_csv(f"{prefix}_exceptions.csv")

# The summary table: the row of everything, and the endpoints that add up to it.
total = stats[stats["Name"] == "Aggregated"].iloc[0]
endpoints = stats[stats["Name"] != "Aggregated"].set_index("Name")
assert pd.isna(total["Type"])
assert endpoints["Request Count"].sum() == total["Request Count"]
assert failures["Occurrences"].sum() == total["Failure Count"]
error_rate = total["Failure Count"] / total["Request Count"]
assert 0 < error_rate < 1
slowest_first = endpoints.sort_values("95%", ascending=False)[["Request Count", "50%", "95%", "99%", "100%"]]
assert slowest_first["95%"].is_monotonic_decreasing

# Charts over time: throughput with failures, percentiles, users. The first rows have no percentiles (N/A).
over_time = history[history["Name"] == "Aggregated"].copy()
over_time["Time"] = pd.to_datetime(over_time["Timestamp"], unit="s")
over_time["Elapsed"] = over_time["Timestamp"] - over_time["Timestamp"].min()
over_time = over_time.set_index("Time")
assert over_time.index.is_monotonic_increasing
assert over_time["Elapsed"].diff().dropna().eq(1).all()
charts = {
    "throughput": over_time[["Requests/s", "Failures/s"]],
    "response times": over_time[["50%", "95%", "99%"]].dropna(),
    "users": over_time["User Count"],
    "requests so far": over_time[["Total Request Count", "Total Failure Count"]],
    "average": over_time["Total Average Response Time"].rolling("3s").mean(),
}
for name, columns in charts.items():
    assert len(columns) >= 2, name
    assert columns.astype(float).notna().all(axis=None), name
assert over_time["Total Request Count"].is_monotonic_increasing
by_endpoint = history[history["Name"] != "Aggregated"].pivot_table(index="Timestamp", columns="Name", values="Requests/s")
assert set(by_endpoint.columns) == set(endpoints.index)

errors = failures.sort_values("Occurrences", ascending=False)[["Method", "Name", "Error", "Occurrences"]]
assert (errors["Occurrences"] > 0).all()

for frame in (stats, history, failures):
    print([(name, str(kind)) for name, kind in frame.dtypes.items()])
# Without a row a column has no type.
print(list(exceptions.columns))
