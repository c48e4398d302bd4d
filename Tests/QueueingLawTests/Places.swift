/// Numbered places for customers, so that an event can name one; a place that is left is taken again.
struct Places<Customer> {
    private var customers: [Customer?] = []
    private var free: [Int] = []

    /// Who is there, in the order of the places.
    var present: [Customer] { customers.compactMap(\.self) }

    mutating func enter(_ customer: Customer) -> Int {
        guard let place = free.popLast() else {
            customers.append(customer)
            return customers.count - 1
        }
        customers[place] = customer
        return place
    }

    /// Who is at a place, if anybody is.
    subscript(place: Int) -> Customer? { customers[place] }

    mutating func leave(_ place: Int) -> Customer {
        guard let customer = customers[place] else { preconditionFailure("nobody is at place \(place)") }
        customers[place] = nil
        free.append(place)
        return customer
    }
}
