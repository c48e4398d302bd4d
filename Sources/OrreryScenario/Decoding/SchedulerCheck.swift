import OrreryKernel
import OrreryModel

/// Checks that a scheduler has telescopes, that heartbeats have a scheduler, and that they come often enough.
enum SchedulerCheck {
    /// What is wrong with a plan, at the places of a tree.
    static func faults(of plan: NetworkPlan, _ tree: TreeNode) -> FaultList {
        var faults = FaultList()
        let section = tree["system"]?.value["scheduler"]
        let spot = section?.spot ?? tree.spot
        if plan.scheduler != nil && plan.fleet.isEmpty {
            faults.note(
                spot, "system.scheduler", .inconsistent, "has no telescopes to schedule",
                allowed: "name telescopes in the section fleet")
        }
        for group in plan.fleet {
            guard let interval = group.heartbeat?.interval else { continue }
            let entry = tree["fleet"]?.value[group.name]?.value["heartbeat"]
            let path = "fleet.\(group.name).heartbeat"
            if plan.scheduler == nil {
                faults.note(
                    entry?.spot ?? tree.spot, path, .inconsistent, "goes to a scheduler, and there is none",
                    allowed: "add system.scheduler")
            } else if let patience = plan.scheduler?.offlineAfter, patience <= interval {
                faults.note(
                    section?.value["offline-after"]?.spot ?? spot, "system.scheduler.offline-after", .inconsistent,
                    "is not longer than the heartbeat interval of \(group.name), so that it is offline between any two",
                    value: patience.description, allowed: "more than \(interval)")
            }
        }
        if let scheduler = plan.scheduler, scheduler.offlineAfter != nil, !plan.fleet.isEmpty,
            plan.fleet.allSatisfy({ $0.heartbeat == nil })
        {
            faults.note(
                section?.value["offline-after"]?.spot ?? spot, "system.scheduler.offline-after", .inconsistent,
                "waits for heartbeats, and no telescope has any", allowed: "add fleet.<name>.heartbeat")
        }
        return faults
    }
}
